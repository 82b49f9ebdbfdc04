using System.Text;
using Cairn.Conformance.Tables;
using Cairn.Engine.Effects;
using Cairn.Engine.Programs;

namespace Cairn.Conformance.Worlds;

/// <summary>Callback endpoints under a name of their own; the requests come from the table.</summary>
internal sealed class CallbackEndpoints : IPerformer
{
    private IReportSink? _reports;
    private string _url = "";

    public string Kind => "callback";

    public RecoveryClass Recovery => RecoveryClass.Repeat;

    public void Open(IReportSink reports) => _reports = reports;

    public Admission Admit(IReadOnlyList<EffectOrder> gang) => Admission.Admitted.Instance;

    public void Start(EffectOrder order)
    {
        _url = $"http://callbacks.test/{order.Key}";
        var answer = "{\"result\":{\"url\":" + CanonicalJson.Quote(_url) + "}}";
        _reports!.Report(order.Key, order.Issue, new Report.Ended(Ending.Known, Encoding.UTF8.GetBytes(answer)));
    }

    /// <summary>A request at the endpoint, as the server puts it into the run's inbox.</summary>
    public InboxItem Request(CallbackRequest request)
    {
        var url = CanonicalJson.Quote(_url);
        var value = $$$"""
            {"callback": {{{url}}}, "value": {
              "http_request": {
                "body": {{{request.Body}}}, "headers": {},
                "method": "{{{request.Method}}}", "query": {}, "url": {{{url}}} },
              "received_time": "2026-01-02T03:04:15Z", "type": "HTTP" } }
            """;
        return new InboxItem("request", InboxKind.Signal, Encoding.UTF8.GetBytes(value));
    }

    public void Recover(EffectOrder order, ReadOnlyMemory<byte>? handle, IReadOnlyList<ReadOnlyMemory<byte>> told) =>
        Start(order);

    public void Tell(EffectOrder order, ReadOnlyMemory<byte> message)
    {
    }

    public void Stop(EffectOrder order, StopReason reason)
    {
    }
}
