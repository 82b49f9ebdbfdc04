using Cairn.Engine.Programs;
using Cairn.Flows.Values;

namespace Cairn.Flows.Trials;

/// <summary>Callback endpoints of one test, and the requests that come to them.</summary>
internal sealed class MockEndpoints(
    IReadOnlyList<TrialCallback> callbacks, Agenda agenda, Action<InboxItem> arrive)
{
    private int _created;

    /// <summary>What `events.create_callback_endpoint` gives.</summary>
    public FlowValue Create()
    {
        var number = _created++;
        var url = $"https://callbacks.test/{number}";
        foreach (var callback in callbacks.Where(callback => callback.Endpoint == number))
            agenda.Add(Math.Max(0, callback.After - agenda.Elapsed.TotalSeconds), () => arrive(Request(url, callback)));
        return FlowValue.Of(FlowMap.Of(("url", FlowValue.Of(url))));
    }

    /// <summary>A request as the endpoint writes it into the run's inbox.</summary>
    private InboxItem Request(string url, TrialCallback callback)
    {
        var request = FlowMap.Of(
            ("body", callback.Body), ("headers", FlowValue.Of(FlowMap.Empty)),
            ("method", FlowValue.Of(callback.Method)), ("query", FlowValue.Of(FlowMap.Empty)),
            ("url", FlowValue.Of(url)));
        var value = FlowMap.Of(
            ("http_request", FlowValue.Of(request)), ("received_time", FlowValue.Of(agenda.Now.ToString("O"))),
            ("type", FlowValue.Of("HTTP")));
        var signal = FlowMap.Of(("callback", FlowValue.Of(url)), ("value", FlowValue.Of(value)));
        return new InboxItem($"{url}#{callback.After}", InboxKind.Signal, FlowJson.Encode(FlowValue.Of(signal)));
    }
}
