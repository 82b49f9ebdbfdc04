namespace Cairn.Engine.Runs;

/// <summary>Which runs a listing shows; every part that is given must hold.</summary>
public sealed record RunFilter
{
    /// <summary>Labels that a run must all carry.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Labels { get; init; } = [];

    /// <summary>The exact name; null: any.</summary>
    public string? Name { get; init; }

    /// <summary>The exact state word; null: any.</summary>
    public string? State { get; init; }

    /// <summary>The outcome; null: any.</summary>
    public Outcome? Outcome { get; init; }

    /// <summary>Created then or later; null: any.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Only those that are open, or are being reaped.</summary>
    public bool OnlyUnfinished { get; init; }

    /// <summary>Rows above this one, for reading on; 0: from the start.</summary>
    public long AfterRow { get; init; }

    /// <summary>At most so many, in order of creation.</summary>
    public int Limit { get; init; } = int.MaxValue;

    /// <summary>Whether a run's head passes; a journal may ask its index instead.</summary>
    public bool Matches(RunHead run) =>
        run.Row > AfterRow
        && (Name is null || run.Name == Name)
        && (State is null || run.State == State)
        && (Outcome is null || run.Outcome == Outcome)
        && (Since is null || run.Created >= Since)
        && (!OnlyUnfinished || run.IsOpen || run.Live > 0)
        && Labels.All(label => run.Labels.Contains(label));
}
