using Cairn.Flows.Values;

namespace Cairn.Platform.Connectors.Http;

/// <summary>A request that is ready to be sent.</summary>
/// <param name="Method">In capitals.</param>
/// <param name="Url">Where it goes, after rewriting, with its query.</param>
internal sealed record HttpCall(string Method, Uri Url)
{
    /// <summary>The address as the flow wrote it: the audience of a token by default.</summary>
    public required string Written { get; init; }

    /// <summary>Whether the rewrite table or a variable sent it elsewhere.</summary>
    public bool IsRewritten { get; init; }

    /// <summary>Names and values in the order given; names may repeat.</summary>
    public List<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>What is sent, or null.</summary>
    public byte[]? Body { get; init; }

    /// <summary>Which token it needs, or null.</summary>
    public HttpAuth? Auth { get; init; }

    /// <summary>A certificate to trust beside the machine's own, DER or PEM, or null.</summary>
    public byte[]? Authority { get; init; }

    /// <summary>
    /// The request that a redirect asks for, or null when the answer stands: only GET and HEAD follow. Credentials are
    /// not carried to another host.
    /// </summary>
    public HttpCall? After(HttpAnswer answer)
    {
        if (Method is not ("GET" or "HEAD") || answer.Code is not (301 or 302 or 303 or 307 or 308)
            || answer.Location is not { } location || !Uri.TryCreate(Url, location, out var next)
            || next.Scheme is not ("http" or "https"))
            return null;
        var isSameHost = string.Equals(next.Host, Url.Host, StringComparison.OrdinalIgnoreCase);
        return this with
        {
            Url = next,
            Headers = isSameHost ? Headers : [.. Headers.Where(header => !IsPrivate(header.Key))],
        };
    }

    private static bool IsPrivate(string header) =>
        header.Equals("Authorization", StringComparison.OrdinalIgnoreCase)
        || header.Equals("Cookie", StringComparison.OrdinalIgnoreCase)
        || header.Equals("Host", StringComparison.OrdinalIgnoreCase);
}

/// <summary>The `auth` argument.</summary>
/// <param name="IsIdentity">OIDC; else OAuth2.</param>
/// <param name="Audience">Of an OIDC token.</param>
/// <param name="Scopes">Of an OAuth2 token, separated by spaces.</param>
internal sealed record HttpAuth(bool IsIdentity, string Audience, string Scopes);

/// <summary>A whole response.</summary>
/// <param name="Code">Its status.</param>
/// <param name="Headers">By canonical name.</param>
/// <param name="Body">Parsed.</param>
/// <param name="Location">The header of redirects.</param>
internal sealed record HttpAnswer(int Code, FlowMap Headers, FlowValue Body, string? Location)
{
    /// <summary>`{body, code, headers}`.</summary>
    public FlowValue Result(bool lenient) => FlowValue.Of(FlowMap.Of(
        ("body", Body), ("code", FlowValue.Of(Code)), ("headers", FlowValue.Of(HeaderMap(lenient)))));

    /// <summary>The headers; under the tolerant rules whatever the case that they are asked for in (T19).</summary>
    public FlowMap HeaderMap(bool lenient) => Headers.Folding(lenient);
}
