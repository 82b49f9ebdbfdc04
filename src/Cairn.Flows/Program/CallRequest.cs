using System.Buffers;
using System.Text.Json;
using Cairn.Engine.Secrets;
using Cairn.Flows.Values;

namespace Cairn.Flows.Program;

/// <summary>What is asked of a performer: UTF-8 JSON `{"call": NAME, "args": {…}}`, and `"lenient": true`.</summary>
internal static class CallRequest
{
    /// <summary>The message that ends a call that nobody waits for any more.</summary>
    public static ReadOnlyMemory<byte> Stop { get; } = "{\"stop\":true}"u8.ToArray();

    /// <summary>The request of a call.</summary>
    public static byte[] Write(string call, FlowValue arguments, bool isLenient, SecretVault? vault)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("call", call);
            writer.WritePropertyName("args");
            writer.WriteRawValue(FlowJson.Encode(arguments, vault), skipInputValidation: true);
            if (isLenient)
                writer.WriteBoolean("lenient", true);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}

/// <summary>What a performer answered: `{"result": V}` or `{"error": V}`.</summary>
/// <param name="IsError">Whether the value is raised.</param>
/// <param name="Value">The value.</param>
internal readonly record struct CallAnswer(bool IsError, FlowValue Value)
{
    /// <summary>Reads an answer; anything else is a SystemError.</summary>
    public static CallAnswer Read(ReadOnlyMemory<byte> json, SecretVault? vault)
    {
        var map = FlowJson.Decode(json.Span, vault);
        if (map.Kind != FlowKind.Map)
            throw FlowError.Of(FlowTags.System, "the answer of a call is no map");
        return map.AsMap().TryGet("error", out var error)
            ? new CallAnswer(true, error)
            : new CallAnswer(false, map.AsMap().Get("result"));
    }
}
