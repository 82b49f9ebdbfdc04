using Cairn.Platform.Connectors.Calls;
using Cairn.Platform.Projects;

namespace Cairn.Platform.Connectors.Http;

/// <summary>
/// Where a request really goes: the project's rewrite table first, then the variables that the clients of these
/// services know (`STORAGE_EMULATOR_HOST`, `CLOUDSDK_API_ENDPOINT_OVERRIDES_RUN`), else where it was written to.
/// </summary>
internal sealed class HttpRoutes
{
    private const string Apis = ".googleapis.com";
    private readonly List<(AddressPattern From, string To)> _rewrites;
    private readonly ProjectHttp _settings;
    private readonly Func<string, string?> _environment;

    public HttpRoutes(ProjectHttp settings, Func<string, string?> environment)
    {
        _settings = settings;
        _environment = environment;
        _rewrites = [.. settings.Rewrites.Select(one => (new AddressPattern(one.From), one.To))];
    }

    /// <summary>The address that a request goes to.</summary>
    public Uri Of(Uri url)
    {
        var address = url.AbsoluteUri;
        foreach (var (from, to) in _rewrites)
            if (from.Rest(address) is { } rest)
                return At(to, rest);
        return Override(url) is { } other ? At(other, url.PathAndQuery) : url;
    }

    /// <summary>The address of a request that names a private service.</summary>
    public Uri Private(string service, Uri url) => _settings.Services.TryGetValue(service, out var address)
        ? At(address, url.PathAndQuery)
        : throw CallFault.Value(
            $"there is no private service \"{service}\" here: give its address under http.services in cairn.yaml");

    // `pubsub.googleapis.com` asks for PUBSUB_EMULATOR_HOST, `europe-west1-run.googleapis.com` for that of run.
    private string? Override(Uri url)
    {
        if (!url.Host.EndsWith(Apis, StringComparison.OrdinalIgnoreCase))
            return null;
        var service = url.Host[..^Apis.Length];
        var name = service[(service.LastIndexOf('-') + 1)..].ToUpperInvariant();
        if (name.Length == 0 || !name.All(char.IsAsciiLetterOrDigit))
            return null;
        if (Variable($"{name}_EMULATOR_HOST") is { } host)
            return host.Contains("://", StringComparison.Ordinal) ? host : $"http://{host}";
        return Variable($"CLOUDSDK_API_ENDPOINT_OVERRIDES_{name}");
    }

    private string? Variable(string name) => _environment(name) is { Length: > 0 } value ? value : null;

    private static Uri At(string address, string rest) =>
        Uri.TryCreate(address.TrimEnd('/') + rest, UriKind.Absolute, out var url)
            ? url
            : throw CallFault.Value($"\"{address}\", where the request should go, is no address");
}
