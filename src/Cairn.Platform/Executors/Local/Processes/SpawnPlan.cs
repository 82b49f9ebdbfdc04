namespace Cairn.Platform.Executors.Local.Processes;

/// <summary>A program to start, in a session of its own, with default signals and only the descriptors named
/// here.</summary>
/// <param name="Program">Absolute path.</param>
/// <param name="Arguments">With the program's own name first.</param>
/// <param name="Environment">`K=V` each.</param>
internal sealed record SpawnPlan(
    string Program, IReadOnlyList<string> Arguments, IReadOnlyList<string> Environment)
{
    /// <summary>Files opened in the child, in order.</summary>
    public List<SpawnFile> Files { get; } = [];

    /// <summary>Open descriptors of this process handed on under another number.</summary>
    public List<(int From, int To)> Duplicates { get; } = [];

    /// <summary>
    /// A file that the child creates exclusively before it runs anything: when it is there already the child never
    /// runs, so of two starters one wins, even when the first died right after its fork.
    /// </summary>
    public string? Marker { get; init; }

    /// <summary>Where it starts, or null for here.</summary>
    public string? Folder { get; init; }
}

/// <summary>A file that a child opens.</summary>
/// <param name="Descriptor">Under this number.</param>
/// <param name="Path">Absolute.</param>
/// <param name="Flags">As `open(2)`.</param>
internal sealed record SpawnFile(int Descriptor, string Path, int Flags);
