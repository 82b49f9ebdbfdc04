using System.Buffers;
using System.Text.Json;
using Cairn.Flows.Expressions;
using Cairn.Flows.Values;

namespace Cairn.Flows.Program.Ops;

/// <summary>`sys.log` (spec/workflows.md 3.2): a note, written in the event's transaction, awaited by nobody.</summary>
internal sealed class LogOp(CallArguments arguments, SlotAddress? result) : ProgramCallOp(arguments, result)
{
    /// <summary>The kind of its notes.</summary>
    public const string NoteKind = "log";

    private static readonly string[] _severities =
        ["DEFAULT", "DEBUG", "INFO", "NOTICE", "WARNING", "ERROR", "CRITICAL", "ALERT", "EMERGENCY"];

    /// <inheritdoc/>
    protected override Op Begin(Strand strand)
    {
        var given = Arguments(strand);
        var severity = Severity(given.Get("severity"));
        var json = given.Get("json");
        if (!json.IsNull && json.Kind != FlowKind.Map)
            throw FlowError.Type($"sys.log: 'json' is a map, found {Words.Of(json)}");
        var text = given.TryGet("text", out var said) ? said : given.Get("data");
        if (text.Kind is FlowKind.Bytes or FlowKind.Function)
            throw FlowError.Type($"sys.log: a text is a scalar, list or map, found {Words.Of(text)}");
        strand.Machine.Turn.Note(NoteKind, Payload(severity, text, json));
        return Done(strand, FlowValue.Null);
    }

    private static string Severity(FlowValue value)
    {
        if (value.IsNull)
            return _severities[0];
        if (value.Kind != FlowKind.String)
            throw FlowError.Type($"sys.log: 'severity' is a string, found {Words.Of(value)}");
        return Array.IndexOf(_severities, value.AsText()) >= 0
            ? value.AsText()
            : throw FlowError.OfValue(
                $"sys.log: 'severity' is one of {string.Join(", ", _severities)}, found \"{value.AsText()}\"");
    }

    /// <summary>`{"severity","step","routine","text"|"json"}`; secrets are shown as such.</summary>
    private byte[] Payload(string severity, FlowValue text, FlowValue json)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("severity", severity);
            writer.WriteString("step", Step.Name);
            writer.WriteString("routine", Step.Routine);
            if (!json.IsNull)
            {
                writer.WritePropertyName("json");
                writer.WriteRawValue(LogText.Json(json));
            }
            else
            {
                writer.WriteString("text", LogText.Of(text));
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
