using System.Text;
using System.Text.Json;
using Cairn.Engine.Secrets;

namespace Cairn.Flows.Values;

/// <summary>
/// The coding of values that a run keeps: in asks, reports, snapshots and pinned arguments. It loses nothing: integers
/// stand without a fraction, doubles always with one; what JSON does not have is a map with one key that starts with a
/// `$` (`{"$bytes": BASE64}`), and such a key of a real map is written with one more `$`. Marked values are sealed, as
/// <see cref="MarkedJson"/> knows them. What leaves the run (results, HTTP bodies) is <see cref="PublicJson"/>.
/// </summary>
public static class FlowJson
{
    private const string Bytes = "$bytes";
    private const string Function = "$function";
    private const string Integer = "$integer";
    private const string Double = "$double";
    private const string Caught = "$caught";
    private const string Folding = "$folding";
    private const string Unassigned = "$unassigned";
    private const string Secret = "$secret";
    private const string Sealed = "sealed";

    private static readonly JsonReaderOptions Reading = new() { MaxDepth = (FlowBounds.Depth * 2) + 8 };

    /// <summary>
    /// The value as UTF-8 JSON; marked parts are sealed by the vault. Throws <see cref="SecretRefusedException"/> when
    /// there are marked parts and no vault.
    /// </summary>
    public static byte[] Encode(FlowValue value, SecretVault? vault = null)
    {
        var sink = JsonSink.Compact();
        Write(sink, value, vault is null ? Refuse : (name, plain) => Seal(sink, vault, name, plain));
        return sink.Written.ToArray();
    }

    /// <summary>
    /// The value of such a document; throws <see cref="JsonException"/> for another, and
    /// <see cref="SecretRefusedException"/> when it holds sealed parts that the vault cannot open.
    /// </summary>
    public static FlowValue Decode(ReadOnlySpan<byte> json, SecretVault? vault = null)
    {
        try
        {
            var reader = new Utf8JsonReader(json, Reading);
            if (!reader.Read())
                throw new JsonException("a value was expected");
            var value = Read(ref reader, vault);
            return reader.Read() ? throw new JsonException("one value was expected, more came") : value;
        }
        catch (Exception fault) when (fault is InvalidOperationException or FormatException)
        {
            throw new JsonException("a special value does not hold what it must", fault);
        }
    }

    /// <summary>The value as JSON text for people, secrets as `[secret NAME]`.</summary>
    public static string Shown(FlowValue value)
    {
        var sink = JsonSink.Compact();
        Write(sink, value, (name, _) => sink.Text(MarkedJson.Shown(name)));
        return Encoding.UTF8.GetString(sink.Written.Span);
    }

    private static void Refuse(string name, string plain) => throw new SecretRefusedException(
        $"the value of secret {name} cannot be kept without a key", "open the run in a folder with a key file");

    private static void Seal(JsonSink sink, SecretVault vault, string name, string plain)
    {
        sink.Raw($"{{\"{Secret}\":");
        sink.Text(name);
        sink.Raw($",\"{Sealed}\":");
        sink.Text(vault.Seal(name, Encoding.UTF8.GetBytes(plain)));
        sink.Raw("}");
    }

    private static void Write(JsonSink sink, FlowValue value, Action<string, string> seal)
    {
        if (value.IsCaughtText)
        {
            Wrap(sink, Caught, () => Write(sink, FlowValue.Tagged(value.Plain, value.Secret, isCaught: false), seal));
            return;
        }

        switch (value.Kind)
        {
            case FlowKind.Null:
                sink.Raw("null");
                break;
            case FlowKind.Boolean:
                sink.Raw(value.AsBoolean() ? "true" : "false");
                break;
            case FlowKind.List:
                WriteList(sink, value.AsList(), seal);
                break;
            case FlowKind.Map when value.AsMap().IsCaseFolding:
                Wrap(sink, Folding, () => WriteMap(sink, value.AsMap(), seal));
                break;
            case FlowKind.Map:
                WriteMap(sink, value.AsMap(), seal);
                break;
            case FlowKind.Unassigned:
                Wrap(sink, Unassigned, () => sink.Raw("true"));
                break;
            default:
                WriteScalar(sink, value, seal);
                break;
        }
    }

    private static void WriteScalar(JsonSink sink, FlowValue value, Action<string, string> seal)
    {
        var (name, text) = value.Kind switch
        {
            FlowKind.String => (null, value.AsText()),
            FlowKind.Integer => (Integer, $"{value.AsInteger()}"),
            FlowKind.Double => (Double, NumberText.WithFraction(value.AsDouble())),
            FlowKind.Bytes => (Bytes, Convert.ToBase64String(value.AsBytes().Span)),
            FlowKind.Function => (Function, value.AsFunction()),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        void Content()
        {
            if (value.Secret is { } secret)
                seal(secret, text);
            else
                sink.Text(text);
        }

        if (value.Secret is null && (name == Integer || (name == Double && double.IsFinite(value.AsDouble()))))
            sink.Raw(text);
        else if (name is null)
            Content();
        else
            Wrap(sink, name, Content);
    }

    private static void Wrap(JsonSink sink, string name, Action content)
    {
        sink.Raw($"{{\"{name}\":");
        content();
        sink.Raw("}");
    }

    private static void WriteList(JsonSink sink, FlowList list, Action<string, string> seal)
    {
        sink.Open("[");
        for (var i = 0; i < list.Count; i++)
        {
            sink.Part(i == 0);
            Write(sink, list[i], seal);
        }

        sink.Close("]", list.Count == 0);
    }

    private static void WriteMap(JsonSink sink, FlowMap map, Action<string, string> seal)
    {
        sink.Open("{");
        var isFirst = true;
        foreach (var (key, item) in map)
        {
            sink.Part(isFirst);
            isFirst = false;
            sink.Text(key.StartsWith('$') ? "$" + key : key);
            sink.Colon();
            Write(sink, item, seal);
        }

        sink.Close("}", isFirst);
    }

    private static FlowValue Read(ref Utf8JsonReader reader, SecretVault? vault)
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
                return ReadNumber(Encoding.UTF8.GetString(reader.ValueSpan));
            case JsonTokenType.StartArray:
                var items = new List<FlowValue>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    items.Add(Read(ref reader, vault));
                return FlowValue.Of(FlowList.Of([.. items]));
            default:
                return ReadMap(ref reader, vault);
        }
    }

    private static FlowValue ReadNumber(string text) => NumberText.Parse(text)
        ?? throw new JsonException($"{text} is no number that a flow can hold");

    private static FlowValue ReadMap(ref Utf8JsonReader reader, SecretVault? vault)
    {
        var builder = new FlowMapBuilder();
        var (isFirst, result) = (true, default(FlowValue?));
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var key = reader.GetString()!;
            reader.Read();
            if (isFirst && key.StartsWith('$') && !key.StartsWith("$$"))
                result = ReadSpecial(key, ref reader, vault);
            else
                builder.Set(key.StartsWith("$$") ? key[1..] : key, Read(ref reader, vault));
            isFirst = false;
        }

        return result ?? FlowValue.Of(builder.ToMap());
    }

    private static FlowValue ReadSpecial(string key, ref Utf8JsonReader reader, SecretVault? vault)
    {
        if (key == Secret)
            return ReadSecret(ref reader, vault);
        var content = Read(ref reader, vault);
        var value = key switch
        {
            Bytes => FlowValue.Of(Convert.FromBase64String(content.AsText()).AsMemory()),
            Integer => ReadNumber(content.AsText()),
            Double => ReadDouble(content.AsText()),
            Function => FlowValue.Function(content.AsText()),
            Folding => FlowValue.Of(content.AsMap().Folding(isCaseFolding: true)),
            Unassigned => FlowValue.Unassigned,
            Caught => content.AsCaught(),
            _ => throw new JsonException($"{key} is no kind of value"),
        };
        return content.Secret is { } secret && value.Secret is null ? value.WithSecret(secret) : value;
    }

    private static FlowValue ReadDouble(string text) => FlowValue.Of(text switch
    {
        "NaN" => double.NaN,
        "Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        _ => ReadNumber(text).AsDouble(),
    });

    private static FlowValue ReadSecret(ref Utf8JsonReader reader, SecretVault? vault)
    {
        var name = reader.GetString()!;
        if (!reader.Read() || reader.GetString() != Sealed || !reader.Read())
            throw new JsonException($"the sealed value of secret {name} is missing");
        var text = reader.GetString()!;
        if (vault is null)
        {
            throw new SecretRefusedException(
                $"the value of secret {name} cannot be read without a key",
                "open the run in a folder with its key file");
        }

        return FlowValue.Of(Encoding.UTF8.GetString(vault.Unseal(name, text))).WithSecret(name);
    }
}
