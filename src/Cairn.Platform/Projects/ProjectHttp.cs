namespace Cairn.Platform.Projects;

/// <summary>`http:` of a project: where the requests of flows really go, and who vouches for them.</summary>
public sealed record ProjectHttp
{
    /// <summary>`http.rewrite`, in order; the first match wins.</summary>
    public IReadOnlyList<HttpRewrite> Rewrites { get; init; } = [];

    /// <summary>`http.services`: addresses by the name that `private_service_name` says.</summary>
    public IReadOnlyDictionary<string, string> Services { get; init; } = new SortedDictionary<string, string>();

    /// <summary>`http.credentials`, in order; the first match wins.</summary>
    public IReadOnlyList<HttpCredential> Credentials { get; init; } = [];
}

/// <summary>Requests to one place go to another.</summary>
/// <param name="From">A prefix of addresses, `*` for any text without a slash.</param>
/// <param name="To">What stands there instead.</param>
public sealed record HttpRewrite(string From, string To);

/// <summary>Which credential vouches for requests that ask for one.</summary>
/// <param name="Match">A prefix of addresses, `*` for any text without a slash.</param>
/// <param name="Credential">Its name in the secrets file.</param>
public sealed record HttpCredential(string Match, string Credential);
