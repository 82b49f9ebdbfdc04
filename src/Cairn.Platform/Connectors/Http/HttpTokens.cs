using System.Globalization;
using System.Text;
using Cairn.Flows.Values;
using Cairn.Platform.Connectors.Calls;
using Cairn.Platform.Projects;
using Cairn.Platform.Secrets;

namespace Cairn.Platform.Connectors.Http;

/// <summary>
/// Bearer tokens for requests with an `auth` block, from the credentials that the project names for their addresses: a
/// `token` as it stands, or a `service_account` key that signs a request for one (RFC 7523). None: an AuthError. A
/// request that was sent to another place by the rewrite table or a variable needs none.
/// </summary>
internal sealed class HttpTokens(
    ProjectHttp settings, Func<Credentials> credentials, HttpClients clients, TimeProvider clock)
{
    private static readonly TimeSpan s_early = TimeSpan.FromMinutes(1);

    private readonly List<(AddressPattern Match, string Credential)> _matches =
        [.. settings.Credentials.Select(one => (new AddressPattern(one.Match), one.Credential))];

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, (string Token, DateTimeOffset Until)> _known =
        new(StringComparer.Ordinal);

    /// <summary>The token for a request; null: it needs none.</summary>
    public async ValueTask<string?> Of(HttpAuth auth, HttpCall request, CancellationToken cancel)
    {
        var name = _matches.Find(match => match.Match.Rest(request.Written) is not null).Credential;
        if (name is null)
            return request.IsRewritten ? null : throw CallFault.Auth(
                $"no credential is configured for {request.Url.Authority}: name one under http.credentials in "
                + "cairn.yaml and put it into the secrets file");
        if (credentials().Payload(name) is not { } payload)
            throw CallFault.Auth($"there is no credential {name} in the secrets file");
        if (payload.TryGetValue("token", out var token))
            return token;
        if (!payload.TryGetValue("service_account", out var key))
            throw CallFault.Auth($"credential {name} has neither token nor service_account");
        var wanted = $"{name}\n{auth.IsIdentity}\n{auth.Audience}\n{auth.Scopes}";
        lock (_gate)
            if (_known.TryGetValue(wanted, out var known) && known.Until - s_early > clock.GetUtcNow())
                return known.Token;
        var fresh = await Ask(name, ServiceAccountKey.Read(name, key), auth, cancel);
        lock (_gate)
            _known[wanted] = fresh;
        return fresh.Token;
    }

    private async Task<(string Token, DateTimeOffset Until)> Ask(
        string name, ServiceAccountKey key, HttpAuth auth, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var call = new HttpCall("POST", key.TokenUri)
        {
            Written = key.TokenUri.AbsoluteUri,
            Headers = [new("Content-Type", "application/x-www-form-urlencoded")],
            Body = Encoding.ASCII.GetBytes(
                "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=" + key.Sign(auth, now)),
        };
        HttpAnswer answer;
        try
        {
            answer = await HttpExchange.Send(clients.For(null), call, cancel);
        }
        catch (CallFault fault)
        {
            throw CallFault.Auth($"no token for credential {name}: {fault.Message}");
        }

        var field = auth.IsIdentity ? "id_token" : "access_token";
        if (answer is { Code: 200, Body.Kind: FlowKind.Map } && answer.Body.AsMap() is var body
            && body.Get(field) is { Kind: FlowKind.String } token)
            return (token.AsText(), now.AddSeconds(Seconds(body.Get("expires_in"))));
        throw CallFault.Auth($"no token for credential {name}: {key.TokenUri.Authority} answered {answer.Code}");
    }

    private static double Seconds(FlowValue value) => value.Kind switch
    {
        FlowKind.Integer or FlowKind.Double => value.AsDouble(),
        FlowKind.String when double.TryParse(value.AsText(), CultureInfo.InvariantCulture, out var seconds) => seconds,
        _ => 3600,
    };
}
