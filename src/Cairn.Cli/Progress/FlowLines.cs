using System.Text.Json;
using Cairn.Engine.Programs;
using Cairn.Engine.Records;

namespace Cairn.Cli.Progress;

/// <summary>A line that a flow wrote with `sys.log`.</summary>
/// <param name="At">When.</param>
/// <param name="Step">The step that wrote it, with its routine when that is not main.</param>
/// <param name="Severity">`DEFAULT`, `INFO`, `ERROR`, …</param>
/// <param name="Text">The text, or JSON.</param>
internal sealed record FlowLine(DateTimeOffset At, string Step, string Severity, string Text)
{
    /// <summary>As a terminal shows it while the run goes on.</summary>
    public string ForPeople() => Severity == "DEFAULT" ? $"{Step}: {Text}" : $"{Step}: {Severity} {Text}";
}

/// <summary>Finds the log lines of flows in the journal.</summary>
internal static class FlowLines
{
    private const string NoteKind = "log";

    /// <summary>The lines of one record.</summary>
    public static IEnumerable<FlowLine> Of(Record record) => record.Commands
        .OfType<Command.Noted>()
        .Where(note => note.Kind == NoteKind)
        .Select(note => Read(record.At, note.Payload));

    private static FlowLine Read(DateTimeOffset at, ReadOnlyMemory<byte> payload)
    {
        using var document = JsonDocument.Parse(payload);
        var line = document.RootElement;
        var (step, routine) = (line.GetProperty("step").GetString()!, line.GetProperty("routine").GetString());
        var text = line.TryGetProperty("text", out var said)
            ? said.GetString()!
            : line.GetProperty("json").GetRawText();
        return new FlowLine(
            at, routine == "main" ? step : $"{routine}.{step}", line.GetProperty("severity").GetString()!, text);
    }
}
