using System.Diagnostics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cairn.Platform.Projects.Schema;

/// <summary>The JSON Schema of cairn.yaml for editors, from the same table as the check.</summary>
internal static class JsonSchema
{
    private const string DurationPattern =
        @"^([0-9]+ *(d|h|m|s|ms|us)|P([0-9]+D)?(T([0-9]+H)?([0-9]+M)?([0-9]+(\.[0-9]+)?S)?)?)$";

    private const string QuantityPattern = @"^[0-9]+(\.[0-9]+)?(([TGMK](i|iB)?)|B|m)?$";

    /// <summary>The schema as text, indented by two spaces, with a line feed at its end.</summary>
    internal static string Text()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions
        {
            Indented = true,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "https://json-schema.org/draft/2020-12/schema");
            json.WriteString("title", "cairn.yaml");
            Write(json, ProjectSchema.Root);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }

    private static void Write(Utf8JsonWriter json, Shape shape)
    {
        switch (shape)
        {
            case Shape.Record record:
                Record(json, record);
                break;
            case Shape.Map map:
                json.WriteString("type", "object");
                Sub(json, "additionalProperties", map.Value);
                if (map.KeyPattern is { } keys)
                    Sub(json, "propertyNames", new Shape.Text(keys));
                break;
            case Shape.List list:
                json.WriteString("type", "array");
                Sub(json, "items", list.Item);
                break;
            case Shape.Open:
                json.WriteString("type", "object");
                break;
            default:
                Scalar(json, shape);
                break;
        }
    }

    private static void Scalar(Utf8JsonWriter json, Shape shape)
    {
        switch (shape)
        {
            case Shape.Text text:
                json.WriteString("type", "string");
                if (text.Pattern is { } pattern)
                    json.WriteString("pattern", pattern);
                break;
            case Shape.Whole { Auto: true } whole:
                OneOf(json, new Shape.Whole(whole.Least), new Shape.OneOf("auto"));
                break;
            case Shape.Whole whole:
                json.WriteString("type", "integer");
                json.WriteNumber("minimum", whole.Least);
                break;
            case Shape.Number number:
                json.WriteString("type", "number");
                if (number.Least > double.MinValue)
                    json.WriteNumber("minimum", number.Least);
                break;
            case Shape.Flag:
                json.WriteString("type", "boolean");
                break;
            case Shape.Duration:
                OneOf(json, new Shape.Number(0), new Shape.Text(DurationPattern));
                break;
            case Shape.Quantity quantity:
                OneOf(json, [
                    new Shape.Number(0), new Shape.Text(QuantityPattern),
                    .. quantity.Auto ? [new Shape.OneOf("auto")] : Array.Empty<Shape>()]);
                break;
            case Shape.OneOf one:
                json.WriteStartArray("enum");
                foreach (var word in one.Words)
                    json.WriteStringValue(word);
                json.WriteEndArray();
                break;
            case Shape.Scalar:
                OneOf(json, new Shape.Text(), new Shape.Number(double.MinValue), new Shape.Flag());
                break;
            default:
                throw new UnreachableException();
        }
    }

    private static void Record(Utf8JsonWriter json, Shape.Record record)
    {
        json.WriteString("type", "object");
        json.WriteBoolean("additionalProperties", false);
        json.WriteStartObject("properties");
        foreach (var field in record.Fields)
        {
            json.WriteStartObject(field.Name);
            json.WriteString("description", field.Words);
            Write(json, field.Shape);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        if (!record.Fields.Any(field => field.Required))
            return;
        json.WriteStartArray("required");
        foreach (var field in record.Fields.Where(field => field.Required))
            json.WriteStringValue(field.Name);
        json.WriteEndArray();
    }

    private static void OneOf(Utf8JsonWriter json, params ReadOnlySpan<Shape> shapes)
    {
        json.WriteStartArray("anyOf");
        foreach (var shape in shapes)
        {
            json.WriteStartObject();
            Write(json, shape);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Sub(Utf8JsonWriter json, string name, Shape shape)
    {
        json.WriteStartObject(name);
        Write(json, shape);
        json.WriteEndObject();
    }
}
