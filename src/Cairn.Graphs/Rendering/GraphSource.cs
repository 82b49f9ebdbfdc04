namespace Cairn.Graphs.Rendering;

/// <summary>A graph file as text, and the way to the files beside it.</summary>
/// <param name="File">Its path, as messages name it; `localpath` files are relative to its folder.</param>
/// <param name="Text">Its contents.</param>
/// <param name="ReadLocal">Reads a `localpath` file; the path is already joined with the graph's folder.</param>
public sealed record GraphSource(string File, string Text, Func<string, LocalText> ReadLocal);

/// <summary>A file beside a graph. Closed.</summary>
public abstract record LocalText
{
    private LocalText() { }

    /// <summary>Its contents, UTF-8.</summary>
    public sealed record Found(string Text) : LocalText;

    /// <summary>There is none.</summary>
    public sealed record Missing : LocalText;

    /// <summary>There is one, but it cannot be used: `is not UTF-8 text`, `permission denied`.</summary>
    public sealed record Unreadable(string Reason) : LocalText;
}

/// <summary>What the submitter gave besides the file; each item is `name=value`.</summary>
public sealed record GraphValues
{
    /// <summary>Nothing given.</summary>
    public static GraphValues None { get; } = new();

    /// <summary>`--set`: numbers become numbers.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>`--set-string`: always text; wins over `--set`.</summary>
    public IReadOnlyList<string> SetString { get; init; } = [];

    /// <summary>`--set-env`: environment of every task.</summary>
    public IReadOnlyList<string> SetEnv { get; init; } = [];
}

/// <summary>How strict a graph is looked at.</summary>
public sealed record GraphOptions
{
    /// <summary>Limits of the original that this tool does not need are errors, not warnings.</summary>
    public bool Strict { get; init; }

    /// <summary>Tasks that a graph may have before a warning.</summary>
    public int MaxTasks { get; init; } = 20;

    /// <summary>
    /// How often a pool lets RESCHEDULE repeat a task, by the pool's name, empty for the default one; with 0 such an
    /// action is warned about.
    /// </summary>
    public Func<string, int> RetriesOf { get; init; } = static _ => 0;
}
