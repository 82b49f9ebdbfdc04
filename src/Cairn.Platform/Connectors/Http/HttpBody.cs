using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Cairn.Platform.Connectors.Calls;

namespace Cairn.Platform.Connectors.Http;

/// <summary>Encodes the body of a request (spec/workflows.md 5.2).</summary>
internal static class HttpBody
{
    private const string ContentType = "Content-Type";

    /// <summary>The bytes to send, or null; adds the content type where the flow gave none.</summary>
    public static byte[]? Encode(CallArguments arguments, List<KeyValuePair<string, string>> headers)
    {
        if (arguments.Raw("body") is not { } body)
            return null;
        var given = headers.Find(header => header.Key.Equals(ContentType, StringComparison.OrdinalIgnoreCase)).Value;
        if (CodedJson.BytesOf(body) is { } bytes && (given is not null || !arguments.Lenient))
        {
            if (given is null)
                headers.Add(new(ContentType, "application/octet-stream"));
            return bytes;
        }

        if (given is null)
        {
            headers.Add(new(ContentType, "application/json; charset=utf-8"));
            return Json(body, arguments.Lenient);
        }

        var type = MediaTypeHeaderValue.TryParse(given, out var parsed) ? parsed.MediaType ?? "" : "";
        if (MediaKinds.IsJson(type))
            return Json(body, arguments.Lenient);
        if (body.ValueKind == JsonValueKind.String)
            return Encoding.UTF8.GetBytes(body.GetString()!);
        if (body.ValueKind == JsonValueKind.Object
            && type.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
            return Form(body, arguments.Lenient);
        throw CallFault.Type(
            $"a body of type {given} should be a string or bytes, not {CallArguments.Describe(body)}");
    }

    // A string that is JSON text already is sent as it stands under the tolerant rules, else as a JSON string.
    private static byte[] Json(JsonElement body, bool lenient)
    {
        var text = !lenient ? null
            : body.ValueKind == JsonValueKind.String ? body.GetString()
            : CodedJson.BytesOf(body) is { } bytes ? CodedJson.TextOf(bytes) : null;
        if (text is not null && text.TrimStart() is ['{' or '[', ..] && IsJson(text))
            return Encoding.UTF8.GetBytes(text);
        return CodedJson.Utf8(CodedJson.Plain(body, lenient));
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static byte[] Form(JsonElement map, bool lenient)
    {
        var text = new StringBuilder();
        foreach (var field in map.EnumerateObject())
        {
            var value = HttpArguments.Scalar(field.Value, lenient)
                ?? throw CallArguments.Wrong($"body.{field.Name}", "a string", field.Value);
            if (text.Length > 0)
                text.Append('&');
            text.Append(Plus(field.Name)).Append('=').Append(Plus(value));
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Plus(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);
}
