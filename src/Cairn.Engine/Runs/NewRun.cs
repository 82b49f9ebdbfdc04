namespace Cairn.Engine.Runs;

/// <summary>A run to create. Its id `name-n` is taken in the transaction that creates it.</summary>
/// <param name="Uid">128 random bits; created twice under one uid, a run exists once.</param>
/// <param name="Name">The first half of the id.</param>
/// <param name="Kind">Which program family: `graph`, `flow`.</param>
/// <param name="Definition">The pinned document that the family loads; stored once by content hash.</param>
/// <param name="Arguments">UTF-8 JSON or empty; arrives in the started event.</param>
public sealed record NewRun(
    RunUid Uid, string Name, string Kind, ReadOnlyMemory<byte> Definition, ReadOnlyMemory<byte> Arguments)
{
    /// <summary>k=v, in the order given; a key stands once.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Labels { get; init; } = [];

    /// <summary>
    /// The behaviour version of the family; <see cref="LatestVersion"/>: the newest that the engine knows.
    /// </summary>
    public int Version { get; init; } = LatestVersion;

    /// <summary>Stands for the family's newest version.</summary>
    public const int LatestVersion = -1;
}
