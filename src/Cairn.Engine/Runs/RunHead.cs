namespace Cairn.Engine.Runs;

/// <summary>What the journal's table of runs says of one run, without its events.</summary>
/// <param name="Row">The journal's own number for it; never shown to people.</param>
/// <param name="Uid">Its identity.</param>
/// <param name="Id">`name-n`.</param>
/// <param name="Kind">Its program family.</param>
/// <param name="Version">The behaviour version that it was started with.</param>
public sealed record RunHead(long Row, RunUid Uid, string Id, string Kind, int Version)
{
    /// <summary>The first half of <see cref="Id"/>.</summary>
    public string Name { get; init; } = "";

    /// <summary>The second half of <see cref="Id"/>.</summary>
    public long Number { get; init; }

    /// <summary>k=v, by key.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Labels { get; init; } = [];

    /// <summary>SHA-256 of the pinned definition, hexadecimal.</summary>
    public string Definition { get; init; } = "";

    /// <summary>When its row was committed.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>When its first event was taken; null: not yet.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>When it ended; null: it is open.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>The language's own word; empty before the program showed one.</summary>
    public string State { get; init; } = "";

    /// <summary>What became of it so far.</summary>
    public Outcome Outcome { get; init; } = Outcome.Waiting;

    /// <summary>Whether and why it stands still.</summary>
    public Parked Parked { get; init; }

    /// <summary>What the program threw, or where the replay differed; empty otherwise.</summary>
    public string ParkMessage { get; init; } = "";

    /// <summary>Part of every effect key; changed by retry, edit, restore.</summary>
    public int Incarnation { get; init; }

    /// <summary>
    /// Effects that were still running when the run ended, and are being stopped; 0 while it is open.
    /// </summary>
    public int Live { get; init; }

    /// <summary>UTF-8 JSON of the result or the error; empty while open, and in listings.</summary>
    public ReadOnlyMemory<byte> Result { get; init; }

    /// <summary>What it was submitted with; empty once the started event holds it, and in listings.</summary>
    public ReadOnlyMemory<byte> Arguments { get; init; }

    /// <summary>Whether it has not ended.</summary>
    public bool IsOpen => Ended is null;
}
