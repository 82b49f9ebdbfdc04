using System.Net.Http.Headers;
using System.Text;
using Cairn.Flows.Values;
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
        if (body.Kind == FlowKind.Bytes)
        {
            if (given is null)
                headers.Add(new(ContentType, "application/octet-stream"));
            return body.AsBytes().ToArray();
        }

        if (given is null)
        {
            headers.Add(new(ContentType, "application/json; charset=utf-8"));
            return Json(body, arguments.Lenient);
        }

        var type = MediaTypeHeaderValue.TryParse(given, out var parsed) ? parsed.MediaType ?? "" : "";
        if (MediaKinds.IsJson(type))
            return Json(body, arguments.Lenient);
        if (body.Kind == FlowKind.String)
            return Encoding.UTF8.GetBytes(body.AsText());
        if (body.Kind == FlowKind.Map
            && type.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
            return Form(body.AsMap(), arguments.Lenient);
        throw CallFault.Type(
            $"a body of type {given} should be a string or bytes, not {CallArguments.Describe(body)}");
    }

    // A string that is JSON text already is sent as it stands under the tolerant rules, else as a JSON string.
    private static byte[] Json(FlowValue body, bool lenient) =>
        lenient && body.Kind == FlowKind.String && body.AsText().TrimStart() is ['{' or '[', ..]
        && IsJson(body.AsText())
            ? Encoding.UTF8.GetBytes(body.AsText())
            : PublicJson.Encode(body, lenient);

    private static bool IsJson(string text)
    {
        try
        {
            PublicJson.Decode(Encoding.UTF8.GetBytes(text));
            return true;
        }
        catch (FlowError)
        {
            return false;
        }
    }

    private static byte[] Form(FlowMap map, bool lenient)
    {
        var text = new StringBuilder();
        foreach (var (name, given) in map)
        {
            var value = HttpArguments.Scalar(given, lenient)
                ?? throw CallArguments.Wrong($"body.{name}", "a string", given);
            if (text.Length > 0)
                text.Append('&');
            text.Append(Plus(name)).Append('=').Append(Plus(value));
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Plus(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);
}
