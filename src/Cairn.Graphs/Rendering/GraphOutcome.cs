using System.Buffers;
using System.Text;
using Cairn.Graphs.Spec;
using Cairn.Graphs.Validation;
using Cairn.Graphs.Yaml;

namespace Cairn.Graphs.Rendering;

/// <summary>A graph as it would run, or everything that keeps it from running.</summary>
/// <param name="Spec">The graph; null when there are errors.</param>
/// <param name="Errors">All errors, in the order of the file.</param>
/// <param name="Warnings">All warnings, in the order of the file.</param>
public sealed record GraphOutcome(
    GraphSpec? Spec, IReadOnlyList<GraphError> Errors, IReadOnlyList<GraphWarning> Warnings)
{
    /// <summary>
    /// The graph's mapping after the first template pass as the original dumps it (`--dry-run`): block YAML, sorted
    /// keys.
    /// Null when the text did not get that far.
    /// </summary>
    public string? DryRun => Rendered is { } workflow
        ? YamlDump.Write(new YamlNode.Map(
            workflow.Mark, [new YamlEntry(new YamlNode.Text(workflow.Mark, "workflow"), workflow)]))
        : null;

    internal YamlNode? Rendered { get; init; }

    /// <summary>The document of `cairn graph render -o json`: `{"spec": …}` or `{"errors": […]}`, UTF-8.</summary>
    public byte[] Json()
    {
        var json = new ArrayBufferWriter<byte>();
        RenderedJson.Write(json, this);
        return json.WrittenSpan.ToArray();
    }

    /// <summary>The same as text.</summary>
    public string JsonText() => Encoding.UTF8.GetString(Json());
}
