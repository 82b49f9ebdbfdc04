using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cairn.Flows.Values;
using Cairn.Platform.Connectors.Calls;
using Cairn.Platform.Connectors.Executions;
using Cairn.Platform.Connectors.Http;
using Cairn.Platform.Connectors.Runs;
using Cairn.Platform.Projects;

namespace Cairn.Platform.Connectors.Clockwork;

/// <summary>
/// Sends what tasks and schedules say. A request to start an execution of one of our flows starts it here; its uid
/// follows from the duty, so that a delivery repeated after a crash starts nothing twice.
/// </summary>
internal sealed partial class Delivery(
    HttpRoutes routes, HttpClients clients, HttpTokens tokens, FlowStarts starts)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);

    /// <summary>Sends a request as a task's `httpRequest` or a schedule's `httpTarget` describes it; its status.</summary>
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
                : target["oauthToken"] is JsonObject oauth ? new HttpAuth(false, url, (string?)oauth["scope"] ?? "") : null,
        };
    }

    [GeneratedRegex(@"\Ahttps://workflowexecutions\.googleapis\.com/v1/(?<workflow>projects/[^/]+/locations/[^/]+/workflows/[^/?]+)/executions\z")]
    private static partial Regex ExecutionForm();
}

/// <summary>Starts executions of flows that nobody waits for (spec/workflows.md 8.7).</summary>
internal sealed class FlowStarts(RunDesk desk, FlowShelf shelf, Project project)
{
    /// <summary>Starts one; 200, or the status that says why not.</summary>
    public async Task<int> Start(string workflow, byte[] body, string key, CancellationToken cancel)
    {
        try
        {
            var argument = FlowValue.Null;
            if (body.Length > 0 && PublicJson.Decode(body) is { Kind: FlowKind.Map } map
                && map.AsMap().Get("argument") is { Kind: FlowKind.String } text)
                argument = PublicJson.Decode(System.Text.Encoding.UTF8.GetBytes(text.AsText()));
            var launch = shelf.Launch(workflow.Split('/')[^1], workflow, lenient: false);
            await desk.Start(
                launch.NewRun(RunDesk.UidOf(key), project, argument.IsNull ? default : FlowJson.Encode(argument)), cancel);
            return 200;
        }
        catch (CallFault fault)
        {
            return (int)fault.Error.AsMap().Get("code").AsInteger();
        }
        catch (FlowError)
        {
            return 400;
        }
    }
}
