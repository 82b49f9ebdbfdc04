using Cairn.Graphs.Yaml;

namespace Cairn.Graphs.Validation;

/// <summary>Collects all errors and warnings of one graph, and puts them where its author wrote their cause.</summary>
internal sealed class Findings(string file, bool strict)
{
    private readonly List<GraphError> _errors = [];
    private readonly List<GraphWarning> _warnings = [];

    /// <summary>From a place in the rendered text to one in the file; set once the text is rendered.</summary>
    public ISourceLines Lines { get; set; } = new ShiftedLines(0);

    /// <summary>All errors, in the order of the file.</summary>
    public IReadOnlyList<GraphError> Errors => InOrder(_errors, error => error.Line, error => error.File);

    /// <summary>All warnings, in the order of the file.</summary>
    public IReadOnlyList<GraphWarning> Warnings => InOrder(_warnings, warning => warning.Line, warning => warning.File);

    /// <summary>Whether anything makes the graph unusable.</summary>
    public bool Failed => _errors.Count > 0;

    /// <summary>Something wrong at a node of the rendered text.</summary>
    public void Error(YamlNode? at, string message, string? hint = null) => Error(at?.Mark, message, hint);

    /// <summary>Something wrong at a place in the rendered text.</summary>
    public void Error(Mark? at, string message, string? hint = null)
    {
        var place = Place(at);
        _errors.Add(new GraphError(message, file, place.Line, place.Column, Joined(hint, place.Note)));
    }

    /// <summary>Something wrong at a place of the file itself, or of another file.</summary>
    public void ErrorInFile(string path, int? line, int? column, string message, string? hint = null) =>
        _errors.Add(new GraphError(message, path, line, column, hint));

    /// <summary>Something wrong at a place of the graph's own file.</summary>
    public void ErrorInFile(int? line, int? column, string message, string? hint = null) =>
        ErrorInFile(file, line, column, message, hint);

    /// <summary>Something odd at a node of the rendered text.</summary>
    public void Warn(string code, YamlNode? at, string message, string? hint = null)
    {
        var place = Place(at?.Mark);
        _warnings.Add(new GraphWarning(code, message, file, place.Line, place.Column, hint));
    }

    /// <summary>A limit that only `--strict` enforces.</summary>
    public void Limit(string code, YamlNode? at, string message, string hint)
    {
        if (strict)
            Error(at, message, hint);
        else
            Warn(code, at, message, hint);
    }

    private SourcePlace Place(Mark? at) => at is { } mark ? Lines.Locate(mark) : new SourcePlace(null, null, null);

    private static string? Joined(string? hint, string? note) =>
        note is null ? hint : hint is null ? note : $"{hint} ({note})";

    private List<T> InOrder<T>(List<T> all, Func<T, int?> line, Func<T, string> path) => all
        .Select((item, index) => (item, index))
        .OrderBy(pair => path(pair.item) == file ? 0 : 1)
        .ThenBy(pair => line(pair.item) ?? 0)
        .ThenBy(pair => pair.index)
        .Select(pair => pair.item)
        .Distinct()
        .ToList();
}
