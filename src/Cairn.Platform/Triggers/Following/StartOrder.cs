using Cairn.Engine.Runs;

namespace Cairn.Platform.Triggers.Following;

/// <summary>A run that a trigger wants.</summary>
/// <param name="Uid">The run's identity: submitted twice, it is one run.</param>
/// <param name="Program">The project's flow or graph, by name.</param>
/// <param name="Event">What a flow gets where no arguments are declared: the CloudEvent, UTF-8 JSON.</param>
public sealed record StartOrder(RunUid Uid, string Program, ReadOnlyMemory<byte> Event)
{
    /// <summary>The declared arguments, a UTF-8 JSON object, or null.</summary>
    public ReadOnlyMemory<byte>? Arguments { get; init; }

    /// <summary>Labels of the run; `trigger` names the trigger.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Labels { get; init; } = [];
}

/// <summary>How an order ended. Closed.</summary>
public abstract record StartOutcome
{
    private StartOutcome() { }

    /// <summary>The run is in the journal.</summary>
    public sealed record Started(string Run) : StartOutcome;

    /// <summary>It cannot be made as things stand: an invalid file, a missing capacity.</summary>
    public sealed record Refused(string Reason) : StartOutcome;

    /// <summary>Not now: a full disk, too many runs. The order stays.</summary>
    public sealed record Later(string Reason) : StartOutcome;
}
