using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cairn.Platform.Connectors.Calls;
using Cairn.Platform.Connectors.Http;

namespace Cairn.Platform.Connectors.Clockwork;

/// <summary>
/// Sends what tasks and schedules say. A request to start an execution of one of our flows starts it here; its uid
/// follows from the duty, so that a delivery repeated after a crash starts nothing twice.
/// </summary>
internal sealed partial class Delivery(
    HttpRoutes routes, HttpClients clients, HttpTokens tokens, FlowStarts starts)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);

    /// <summary>Sends a request as a task's `httpRequest` or a schedule's `httpTarget` describes it; its
    /// status.</summary>
    /// <param name="target">`{url|uri, httpMethod, headers, body, oidcToken|oauthToken}`.</param>
    /// <param name="key">Names this delivery.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<int> Send(JsonObject target, string key, CancellationToken cancel)
    {
        var url = (string?)target["url"] ?? (string?)target["uri"] ?? "";
        var body = (string?)target["body"] is { } text ? Convert.FromBase64String(text) : null;
        if (ExecutionForm().Match(url) is { Success: true } match)
            return await starts.Start(match.Groups["workflow"].Value, body ?? [], key, cancel);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(s_patience);
        try
        {
            var call = Request(target, url, body);
            if (call.Auth is { } auth && await tokens.Of(auth, call, patience.Token) is { } bearer)
                call.Headers.Add(new("Authorization", $"Bearer {bearer}"));
            return (await HttpExchange.Send(clients.For(null), call, patience.Token)).Code;
        }
        catch (CallFault)
        {
            // No answer: tried again as its queue or schedule says.
            return 0;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return 0;
        }
    }

    private HttpCall Request(JsonObject target, string url, byte[]? body)
    {
        var written = new Uri(url);
        var route = routes.Of(written);
        List<KeyValuePair<string, string>> headers = [new("User-Agent", "Google-Cloud-Tasks")];
        foreach (var (name, value) in target["headers"] as JsonObject ?? [])
            headers.Add(new(name, value?.ToString() ?? ""));
        return new HttpCall((string?)target["httpMethod"] ?? "POST", route)
        {
            Written = url,
            IsRewritten = route != written,
            Headers = headers,
            Body = body,
            Auth = target["oidcToken"] is JsonObject oidc
                ? new HttpAuth(true, (string?)oidc["audience"] ?? url, "")
                : target["oauthToken"] is JsonObject oauth ? new HttpAuth(false, url, (string?)oauth["scope"] ?? "")
                    : null,
        };
    }

    [GeneratedRegex(
        @"\Ahttps://workflowexecutions\.googleapis\.com/v1/"
        + @"(?<workflow>projects/[^/]+/locations/[^/]+/workflows/[^/?]+)/executions\z")]
    private static partial Regex ExecutionForm();
}
