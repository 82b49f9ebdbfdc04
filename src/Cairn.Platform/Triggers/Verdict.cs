namespace Cairn.Platform.Triggers;

/// <summary>What a trigger makes of a happening. Closed.</summary>
public abstract record Verdict
{
    private Verdict() { }

    /// <summary>It fires.</summary>
    /// <param name="Values">Captures and values of the event, by name.</param>
    public sealed record Fires(IReadOnlyDictionary<string, string> Values) : Verdict;

    /// <summary>It does not.</summary>
    /// <param name="Why">The kind of reason.</param>
    /// <param name="Reason">As a sentence.</param>
    public sealed record Silent(Silence Why, string Reason) : Verdict;
}

/// <summary>Why a trigger does not fire.</summary>
public enum Silence
{
    /// <summary>It waits for something else: another kind of event, another store.</summary>
    OtherCause,

    /// <summary>The name, type or source does not fit.</summary>
    NoMatch,

    /// <summary>An exclusion fits.</summary>
    Excluded,

    /// <summary>The name is that of an unfinished file.</summary>
    Temporary,

    /// <summary>`enabled: false`.</summary>
    Disabled,

    /// <summary>The project is in another mode.</summary>
    OtherMode,

    /// <summary>It is paused.</summary>
    Paused,

    /// <summary>It happened before the trigger was there.</summary>
    BeforeBirth,
}
