using Cairn.Graphs.Rendering;
using Cairn.Graphs.Spec;

namespace Cairn.Graphs.Tests;

/// <summary>Renders graphs given as text.</summary>
internal static class Graphs
{
    public const string File = "graph.yaml";

    public static GraphOutcome Render(
        string text,
        GraphValues? values = null,
        GraphOptions? options = null,
        Dictionary<string, string>? files = null) =>
        GraphCompiler.Render(
            new GraphSource(File, text, path => Read(files ?? [], path)), values ?? GraphValues.None, options ?? new());

    public static GraphSpec Spec(string text, GraphValues? values = null, Dictionary<string, string>? files = null)
    {
        var outcome = Render(text, values, files: files);
        Assert.True(outcome.Spec is not null, outcome.JsonText());
        return outcome.Spec!;
    }

    public static GraphTask Task(string fields, string extra = "") =>
        Spec(WithTask(fields, extra)).Groups[0].Tasks[0];

    /// <summary>A graph of one task with these fields, each on a line of its own.</summary>
    public static string WithTask(string fields, string extra = "") =>
        "workflow:\n  name: g\n" + Indented(extra, "  ")
        + "  tasks:\n  - name: t\n    image: busybox\n    command: [\"true\"]\n" + Indented(fields, "    ");

    /// <summary>Messages of all errors, or of none.</summary>
    public static IEnumerable<string> Errors(string text, GraphValues? values = null) =>
        Render(text, values).Errors.Select(error => error.Message);

    public static IEnumerable<string> Warnings(string text, GraphValues? values = null) =>
        Render(text, values).Warnings.Select(warning => warning.Code);

    private static string Indented(string lines, string indent) =>
        string.Concat(lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => indent + line + "\n"));

    private static LocalText Read(Dictionary<string, string> files, string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Split('/'))
        {
            if (part == ".." && parts.Count > 0)
                parts.RemoveAt(parts.Count - 1);
            else if (part is not ("." or ""))
                parts.Add(part);
        }

        return files.TryGetValue(string.Join('/', parts), out var text)
            ? new LocalText.Found(text)
            : new LocalText.Missing();
    }
}
