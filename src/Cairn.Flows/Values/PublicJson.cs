using System.Text;
using System.Text.Json;

namespace Cairn.Flows.Values;

/// <summary>
/// Plain JSON, as arguments, results, HTTP bodies and `json.encode` have it (spec/workflows.md 2.3, 7.2). Marks of
/// secrets do not survive it: a caller that keeps the text marks it (<see cref="SecretsIn"/>).
/// </summary>
public static class PublicJson
{
    private static readonly JsonReaderOptions Reading = new() { MaxDepth = FlowBounds.Depth };

    /// <summary>
    /// The value as compact UTF-8 JSON, secrets in clear. Throws <see cref="FlowError"/> (ValueError) for functions and
    /// numbers that JSON does not have, and for bytes unless lenient, when they are text or base64 (T13).
    /// </summary>
    public static byte[] Encode(FlowValue value, bool isLenient = false)
    {
        var sink = JsonSink.Compact();
        Write(sink, value, isLenient);
        return sink.Written.ToArray();
    }

    /// <summary>The same for a run's result, where integers and doubles are told apart: `2.0` stays `2.0`.</summary>
    public static byte[] EncodeResult(FlowValue value, bool isLenient)
    {
        var sink = JsonSink.Compact();
        sink.KeepsDoubles = true;
        Write(sink, value, isLenient);
        return sink.Written.ToArray();
    }

    /// <summary>The same with line breaks: a prefix on every line but the first, and an indent a level.</summary>
    public static byte[] EncodeIndented(FlowValue value, string prefix, string indent, bool isLenient = false)
    {
        var sink = new JsonSink(prefix, indent);
        Write(sink, value, isLenient);
        return sink.Written.ToArray();
    }

    /// <summary>
    /// The value of a JSON text: numbers without fraction or exponent that fit become integers, of equal keys the last
    /// stands. Throws <see cref="FlowError"/> (ValueError) with the line and column.
    /// </summary>
    public static FlowValue Decode(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, Reading);
            if (!reader.Read())
                throw FlowError.OfValue("invalid JSON: no value");
            var value = Read(ref reader);
            return reader.Read() ? throw FlowError.OfValue("invalid JSON: more than one value") : value;
        }
        catch (JsonException fault)
        {
            throw FlowError.OfValue(
                $"invalid JSON at line {fault.LineNumber + 1}, column {fault.BytePositionInLine + 1}");
        }
        catch (InvalidOperationException)
        {
            // A text that is no UTF-8, or half a surrogate pair in an escape.
            throw FlowError.OfValue("invalid JSON: a text is not valid Unicode");
        }
    }

    /// <summary>The names of all secrets in a value, or null.</summary>
    public static string? SecretsIn(FlowValue value) => SecretMarks.Within(value);

    private static void Write(JsonSink sink, FlowValue value, bool isLenient)
    {
        switch (value.Kind)
        {
            case FlowKind.Null or FlowKind.Unassigned:
                sink.Raw("null");
                break;
            case FlowKind.Boolean:
                sink.Raw(value.AsBoolean() ? "true" : "false");
                break;
            case FlowKind.Integer:
                sink.Raw($"{value.AsInteger()}");
                break;
            case FlowKind.Double:
                sink.Raw(double.IsFinite(value.AsDouble())
                    ? (sink.KeepsDoubles ? NumberText.WithFraction(value.AsDouble()) : NumberText.Of(value.AsDouble()))
                    : throw FlowError.OfValue($"{NumberText.Of(value.AsDouble())} cannot be encoded as JSON"));
                break;
            case FlowKind.String:
                sink.Text(value.AsText());
                break;
            case FlowKind.Bytes:
                sink.Text(isLenient
                    ? BytesText.Of(value.AsBytes().Span)
                    : throw FlowError.OfValue("bytes cannot be encoded as JSON"));
                break;
            case FlowKind.List:
                WriteList(sink, value.AsList(), isLenient);
                break;
            case FlowKind.Map:
                WriteMap(sink, value.AsMap(), isLenient);
                break;
            default:
                throw FlowError.OfValue($"function {value.AsFunction()} cannot be encoded as JSON");
        }
    }

    private static void WriteList(JsonSink sink, FlowList list, bool isLenient)
    {
        sink.Open("[");
        for (var i = 0; i < list.Count; i++)
        {
            sink.Part(i == 0);
            Write(sink, list[i], isLenient);
        }

        sink.Close("]", list.Count == 0);
    }

    private static void WriteMap(JsonSink sink, FlowMap map, bool isLenient)
    {
        sink.Open("{");
        var isFirst = true;
        foreach (var (key, item) in map)
        {
            sink.Part(isFirst);
            isFirst = false;
            sink.Text(key);
            sink.Colon();
            Write(sink, item, isLenient);
        }

        sink.Close("}", isFirst);
    }

    private static FlowValue Read(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return FlowValue.Null;
            case JsonTokenType.True or JsonTokenType.False:
                return FlowValue.Of(reader.TokenType == JsonTokenType.True);
            case JsonTokenType.String:
                return FlowValue.Of(reader.GetString());
            case JsonTokenType.Number:
                var text = Encoding.UTF8.GetString(reader.ValueSpan);
                return NumberText.Parse(text) ?? throw FlowError.OfValue($"invalid JSON: {text} is too large");
            case JsonTokenType.StartArray:
                var items = new List<FlowValue>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    items.Add(Read(ref reader));
                return FlowValue.Of(FlowList.Of([.. items]));
            default:
                var builder = new FlowMapBuilder();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var key = reader.GetString()!;
                    reader.Read();
                    builder.Set(key, Read(ref reader));
                }

                return FlowValue.Of(builder.ToMap());
        }
    }
}
