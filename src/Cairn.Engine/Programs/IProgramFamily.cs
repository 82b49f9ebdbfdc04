namespace Cairn.Engine.Programs;

/// <summary>
/// Makes the programs of one language: `graph`, `flow`, a policy. The engine knows nothing else of a language.
/// </summary>
public interface IProgramFamily
{
    /// <summary>The word stored with each run: `graph`, `flow`.</summary>
    string Kind { get; }

    /// <summary>
    /// The newest behaviour version; a new run records it. A run keeps the version that it was started with, and
    /// <see cref="Load"/> gates changed behaviour by it.
    /// </summary>
    int Version { get; }

    /// <summary>
    /// A program before its first event. <paramref name="definition"/> is the pinned document, by content hash.
    /// </summary>
    IProgram Load(ReadOnlyMemory<byte> definition, int version);

    /// <summary>A program as it was when <paramref name="snapshot"/> was saved.</summary>
    IProgram Restore(ReadOnlyMemory<byte> definition, int version, ReadOnlyMemory<byte> snapshot);
}
