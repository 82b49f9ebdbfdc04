using System.Globalization;
using System.Text;
using System.Text.Json;
using Cairn.Platform.Connectors.Calls;

namespace Cairn.Platform.Connectors.Http;

/// <summary>Reads the arguments of an HTTP call (spec/workflows.md 5.1).</summary>
internal static class HttpArguments
{
    /// <summary>Seconds that a request may take at most.</summary>
    public const double LongestTimeout = 1800;

    private const string Agent = "GoogleCloudWorkflows; (+https://cloud.google.com/workflows/docs)";

    private static readonly string[] s_methods =
        ["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"];

    /// <summary>The method of `http.request`.</summary>
    public static string Method(CallArguments arguments)
    {
        var method = arguments.Required("method");
        return s_methods.Contains(method)
            ? method
            : throw CallFault.Value($"method should be one of {string.Join(", ", s_methods)}, not \"{method}\"");
    }

    /// <summary>The request that a call asks for.</summary>
    public static HttpCall Read(CallArguments arguments, string method, HttpRoutes routes)
    {
        var written = arguments.Required("url");
        if (!Uri.TryCreate(written, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            throw CallFault.Value($"url should be an http or https address, not \"{written}\"");
        CheckTimeout(arguments);
        url = WithQuery(url, arguments);
        var headers = Headers(arguments);
        var body = HttpBody.Encode(arguments, headers);
        var route = arguments.Text("private_service_name") is { } service
            ? routes.Private(service, url)
            : routes.Of(url);
        return new HttpCall(method, route)
        {
            Written = written,
            IsRewritten = route != url,
            Headers = headers,
            Body = body,
            Auth = Auth(arguments, written),
            Authority = Authority(arguments),
        };
    }

    private static void CheckTimeout(CallArguments arguments)
    {
        if (arguments.Raw("timeout") is not { } timeout)
            return;
        if (timeout.ValueKind != JsonValueKind.Number)
            throw CallArguments.Wrong("timeout", "a number of seconds", timeout);
        if (timeout.GetDouble() is not (> 0 and <= LongestTimeout))
            throw CallFault.Value(
                $"timeout should be more than 0 and at most {LongestTimeout} seconds, not {timeout.GetRawText()}");
    }

    private static Uri WithQuery(Uri url, CallArguments arguments)
    {
        if (arguments.Raw("query") is not { } query)
            return url;
        if (query.ValueKind != JsonValueKind.Object)
            throw CallArguments.Wrong("query", "a map", query);
        var text = new StringBuilder(url.Query.TrimStart('?'));
        foreach (var parameter in query.EnumerateObject())
        {
            if (parameter.Value.ValueKind == JsonValueKind.Array)
                foreach (var item in parameter.Value.EnumerateArray())
                    Append(text, parameter.Name, item, arguments.Lenient);
            else if (parameter.Value.ValueKind != JsonValueKind.Null)
                Append(text, parameter.Name, parameter.Value, arguments.Lenient);
        }

        return new UriBuilder(url) { Query = text.ToString() }.Uri;
    }

    private static void Append(StringBuilder query, string name, JsonElement value, bool lenient)
    {
        if (query.Length > 0)
            query.Append('&');
        var key = name.StartsWith("$$", StringComparison.Ordinal) ? name[1..] : name;
        query.Append(Uri.EscapeDataString(key)).Append('=').Append(Uri.EscapeDataString(
            Scalar(value, lenient) ?? throw CallArguments.Wrong(
                $"query.{key}", "a string, a number, a boolean or a list of these", value)));
    }

    private static List<KeyValuePair<string, string>> Headers(CallArguments arguments)
    {
        List<KeyValuePair<string, string>> headers = [];
        var agent = "";
        if (arguments.Raw("headers") is { } map)
        {
            if (map.ValueKind != JsonValueKind.Object)
                throw CallArguments.Wrong("headers", "a map", map);
            foreach (var header in map.EnumerateObject())
            {
                if (header.Value.ValueKind == JsonValueKind.Null)
                    continue;
                var value = Scalar(header.Value, arguments.Lenient)
                    ?? throw CallArguments.Wrong($"headers.{header.Name}", "a string", header.Value);
                if (!IsName(header.Name) || value.AsSpan().ContainsAny('\r', '\n', '\0'))
                    throw CallFault.Value($"header \"{header.Name}\" cannot be sent: its name or value is not allowed");
                if (header.Name.Equals("User-Agent", StringComparison.OrdinalIgnoreCase))
                    agent = value + " ";
                else
                    headers.Add(new(header.Name, value));
            }
        }

        headers.Add(new("User-Agent", agent + Agent));
        return headers;
    }

    private static HttpAuth? Auth(CallArguments arguments, string url)
    {
        if (arguments.Raw("auth") is not { } auth)
            return null;
        if (auth.ValueKind != JsonValueKind.Object)
            throw CallArguments.Wrong("auth", "a map", auth);
        var fields = new CallArguments(auth, arguments.Lenient);
        var type = fields.Text("type");
        if (type is not ("OIDC" or "OAuth2"))
            throw CallFault.Value($"auth.type should be OIDC or OAuth2, not \"{type}\"");
        List<string> scopes = [];
        if (fields.Text("scope") is { } scope)
            scopes.Add(scope);
        if (fields.Raw("scopes") is { ValueKind: JsonValueKind.Array } list)
            scopes.AddRange(list.EnumerateArray().Select(item => item.GetString() ?? ""));
        else if (fields.Text("scopes") is { } more)
            scopes.Add(more);
        return new HttpAuth(type == "OIDC", fields.Text("audience") ?? url, string.Join(' ', scopes));
    }

    private static byte[]? Authority(CallArguments arguments)
    {
        if (arguments.Raw("ca_certificate") is not { } value)
            return null;
        if (CodedJson.BytesOf(value) is { } bytes)
            return bytes;
        if (!arguments.Lenient || value.ValueKind != JsonValueKind.String)
            throw CallFault.Value($"ca_certificate should be bytes, not {CallArguments.Describe(value)}");
        var text = value.GetString()!;
        if (text.StartsWith("-----BEGIN", StringComparison.Ordinal))
            return Encoding.UTF8.GetBytes(text);
        return value.TryGetBytesFromBase64(out var decoded)
            ? decoded
            : throw CallFault.Value("ca_certificate is neither bytes nor base64 text");
    }

    // A scalar as text; null for everything else.
    internal static string? Scalar(JsonElement value, bool lenient) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Number when value.TryGetInt64(out var whole) => whole.ToString(CultureInfo.InvariantCulture),
        JsonValueKind.Number => value.GetDouble().ToString("R", CultureInfo.InvariantCulture),
        JsonValueKind.Object when lenient && CodedJson.BytesOf(value) is { } bytes => CodedJson.TextOf(bytes),
        _ => null,
    };

    // RFC 9110, 5.6.2: a token.
    private static bool IsName(string name) =>
        name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c));
}
