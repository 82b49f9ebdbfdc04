using System.Text;
using Cairn.Flows.Values;
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
        if (arguments.Raw("url") is { Kind: FlowKind.Integer })
            throw CallFault.Type("url should be a string, not a number");
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
        if (timeout.Kind is not (FlowKind.Integer or FlowKind.Double))
            throw CallArguments.Wrong("timeout", "a number of seconds", timeout);
        if (timeout.AsDouble() is not (> 0 and <= LongestTimeout))
            throw CallFault.Value(
                $"timeout should be more than 0 and at most {LongestTimeout} seconds, not {timeout}");
    }

    private static Uri WithQuery(Uri url, CallArguments arguments)
    {
        if (arguments.Raw("query") is not { } query)
            return url;
        if (query.Kind != FlowKind.Map)
            throw CallArguments.Wrong("query", "a map", query);
        var text = new StringBuilder(url.Query.TrimStart('?'));
        foreach (var (name, value) in query.AsMap())
        {
            if (value.Kind == FlowKind.List)
                foreach (var item in value.AsList())
                    Append(text, name, item, arguments.Lenient);
            else if (!value.IsNull)
                Append(text, name, value, arguments.Lenient);
        }

        return new UriBuilder(url) { Query = text.ToString() }.Uri;
    }

    private static void Append(StringBuilder query, string name, FlowValue value, bool lenient)
    {
        if (query.Length > 0)
            query.Append('&');
        query.Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(
            Scalar(value, lenient) ?? throw CallArguments.Wrong(
                $"query.{name}", "a string, a number, a boolean or a list of these", value)));
    }

    private static List<KeyValuePair<string, string>> Headers(CallArguments arguments)
    {
        List<KeyValuePair<string, string>> headers = [];
        var agent = "";
        if (arguments.Raw("headers") is { } map)
        {
            if (map.Kind != FlowKind.Map)
                throw CallArguments.Wrong("headers", "a map", map);
            foreach (var (name, given) in map.AsMap())
            {
                if (given.IsNull)
                    continue;
                var value = Scalar(given, arguments.Lenient)
                    ?? throw CallArguments.Wrong($"headers.{name}", "a string", given);
                if (!IsName(name) || value.AsSpan().ContainsAny('\r', '\n', '\0'))
                    throw CallFault.Value($"header \"{name}\" cannot be sent: its name or value is not allowed");
                if (name.Equals("User-Agent", StringComparison.OrdinalIgnoreCase))
                    agent = value + " ";
                else
                    headers.Add(new(name, value));
            }
        }

        headers.Add(new("User-Agent", agent + Agent));
        return headers;
    }

    private static HttpAuth? Auth(CallArguments arguments, string url)
    {
        if (arguments.Raw("auth") is not { } auth)
            return null;
        if (auth.Kind != FlowKind.Map)
            throw CallArguments.Wrong("auth", "a map", auth);
        var fields = new CallArguments(auth.AsMap(), arguments.Lenient);
        var type = fields.Text("type");
        if (type is not ("OIDC" or "OAuth2"))
            throw CallFault.Value($"auth.type should be OIDC or OAuth2, not \"{type}\"");
        List<string> scopes = [];
        if (fields.Text("scope") is { } scope)
            scopes.Add(scope);
        if (fields.Raw("scopes") is { Kind: FlowKind.List } list)
            scopes.AddRange(list.AsList().Select(item => Scalar(item, arguments.Lenient) ?? ""));
        else if (fields.Text("scopes") is { } more)
            scopes.Add(more);
        return new HttpAuth(type == "OIDC", fields.Text("audience") ?? url, string.Join(' ', scopes));
    }

    private static byte[]? Authority(CallArguments arguments)
    {
        if (arguments.Raw("ca_certificate") is not { } value)
            return null;
        if (value.Kind == FlowKind.Bytes)
            return value.AsBytes().ToArray();
        if (!arguments.Lenient || value.Kind != FlowKind.String)
            throw CallFault.Value($"ca_certificate should be bytes, not {CallArguments.Describe(value)}");
        var text = value.AsText();
        if (text.StartsWith("-----BEGIN", StringComparison.Ordinal))
            return Encoding.UTF8.GetBytes(text);
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var size)
            ? bytes[..size]
            : throw CallFault.Value("ca_certificate is neither bytes nor base64 text");
    }

    // A scalar as text; null for everything else.
    internal static string? Scalar(FlowValue value, bool lenient) => value.Kind switch
    {
        FlowKind.String => value.AsText(),
        FlowKind.Boolean => value.AsBoolean() ? "true" : "false",
        FlowKind.Integer or FlowKind.Double => Encoding.ASCII.GetString(PublicJson.Encode(value)),
        FlowKind.Bytes when lenient => BytesText.Of(value.AsBytes().Span),
        _ => null,
    };

    // RFC 9110, 5.6.2: a token.
    private static bool IsName(string name) =>
        name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c));
}
