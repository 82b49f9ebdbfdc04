using Cairn.Flows.Values;
using Cairn.Platform.Connectors.Calls;

namespace Cairn.Platform.Connectors.Http;

/// <summary>
/// `http.get` and its siblings (spec/workflows.md 5): one attempt at one request. Time limits and second attempts are
/// the flow's.
/// </summary>
/// <param name="routes">Where requests really go.</param>
/// <param name="clients">The connections.</param>
/// <param name="tokens">Who vouches for them.</param>
/// <param name="local">Answers what is served here, without the network; null: it is not.</param>
internal sealed class HttpCalls(
    HttpRoutes routes, HttpClients clients, HttpTokens tokens,
    Func<HttpCall, Call, CancellationToken, ValueTask<HttpAnswer?>> local)
{
    private const int MostRedirects = 10;

    /// <summary>All of them, by name; which of the two kinds performs one is decided by its method.</summary>
    public CallTable Bodies => new()
    {
        ["http.get"] = (call, cancel) => Send(call, "GET", cancel),
        ["http.post"] = (call, cancel) => Send(call, "POST", cancel),
        ["http.put"] = (call, cancel) => Send(call, "PUT", cancel),
        ["http.patch"] = (call, cancel) => Send(call, "PATCH", cancel),
        ["http.delete"] = (call, cancel) => Send(call, "DELETE", cancel),
        ["http.request"] = (call, cancel) => Send(call, HttpArguments.Method(call.Arguments), cancel),
    };

    private async ValueTask<FlowValue> Send(Call call, string method, CancellationToken cancel)
    {
        var request = HttpArguments.Read(call.Arguments, method, routes);
        if (await local(request, call, cancel) is { } served)
            return served.Result(call.Arguments.Lenient);
        if (request.Auth is { } auth && await tokens.Of(auth, request, cancel) is { } bearer)
            request.Headers.Add(new("Authorization", $"Bearer {bearer}"));
        var client = clients.For(request.Authority);
        for (var redirects = 0; ; redirects++)
        {
            var answer = await HttpExchange.Send(client, request, cancel);
            if (request.After(answer) is not { } next)
                return answer.Code < 400
                    ? answer.Result(call.Arguments.Lenient)
                    : throw CallFault.Http(answer.Code, answer.HeaderMap(call.Arguments.Lenient), answer.Body);
            if (redirects == MostRedirects)
                throw CallFault.Http(
                    $"stopped after {MostRedirects} redirects, the last one to {next.Url}", answer.Code,
                    answer.Headers, answer.Body);
            request = next;
        }
    }
}
