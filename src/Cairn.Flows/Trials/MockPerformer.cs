using Cairn.Engine.Effects;
using Cairn.Flows.Library;
using Cairn.Flows.Values;

namespace Cairn.Flows.Trials;

/// <summary>Performs one kind of effect in a test: what the mocks say, when they say it.</summary>
internal sealed class MockPerformer(
    EffectKind kind, MockBook book, MockEndpoints endpoints, Agenda agenda) : IPerformer
{
    private readonly SortedSet<long> _open = [];
    private IReportSink? _reports;

    /// <inheritdoc/>
    public string Kind => kind.Name;

    /// <inheritdoc/>
    public RecoveryClass Recovery => kind.Recovery;

    /// <inheritdoc/>
    public void Open(IReportSink reports) => _reports = reports;

    /// <inheritdoc/>
    public Admission Admit(IReadOnlyList<EffectOrder> gang) => Admission.Admitted.Instance;

    /// <inheritdoc/>
    public void Start(EffectOrder order)
    {
        _open.Add(order.Key.Sequence);
        if (kind == EffectKind.Callback)
        {
            End(order, false, endpoints.Create());
            return;
        }

        var call = CallOf(order);
        if (book.Answer(call) is not { } answer)
        {
            agenda.Stop();
            return;
        }

        if (answer.Value is { } value) agenda.Add(answer.After, () => End(order, answer.IsError, value));
    }

    /// <inheritdoc/>
    public void Recover(EffectOrder order, ReadOnlyMemory<byte>? handle, IReadOnlyList<ReadOnlyMemory<byte>> told) =>
        throw new InvalidOperationException("a test does not crash");

    /// <inheritdoc/>
    public void Tell(EffectOrder order, ReadOnlyMemory<byte> message) => End(order, false, FlowValue.Null);

    /// <inheritdoc/>
    public void Stop(EffectOrder order, StopReason reason) => End(order, false, FlowValue.Null);

    private void End(EffectOrder order, bool isError, FlowValue value)
    {
        if (!_open.Remove(order.Key.Sequence)) return;
        var answer = FlowMap.Of((isError ? "error" : "result", value));
        _reports!.Report(
            order.Key, order.Issue, new Report.Ended(Ending.Known, FlowJson.Encode(FlowValue.Of(answer))));
    }

    private static MadeCall CallOf(EffectOrder order)
    {
        var map = FlowJson.Decode(order.Ask.Request.Span).AsMap();
        return new MadeCall(map.Get("call").AsText(), order.Ask.Label, map.Get("args"));
    }
}
