using Cairn.Engine.Effects;

namespace Cairn.Conformance.Worlds;

/// <summary>A performer whose attempts are counted while they are under way.</summary>
internal sealed class Watched(IPerformer inner, Busy busy) : IPerformer
{
    public string Kind => inner.Kind;

    public RecoveryClass Recovery => inner.Recovery;

    public void Open(IReportSink reports) => inner.Open(new Counting(reports, busy));

    public Admission Admit(IReadOnlyList<EffectOrder> gang) => inner.Admit(gang);

    public void Start(EffectOrder order)
    {
        busy.Begin();
        inner.Start(order);
    }

    public void Withdraw(EffectOrder order) => inner.Withdraw(order);

    public void Recover(EffectOrder order, ReadOnlyMemory<byte>? handle, IReadOnlyList<ReadOnlyMemory<byte>> told)
    {
        busy.Begin();
        inner.Recover(order, handle, told);
    }

    public void Tell(EffectOrder order, ReadOnlyMemory<byte> message) => inner.Tell(order, message);

    public void Stop(EffectOrder order, StopReason reason) => inner.Stop(order, reason);

    private sealed class Counting(IReportSink reports, Busy busy) : IReportSink
    {
        public void Report(EffectKey effect, int issue, Report report)
        {
            // Posted before it is uncounted: the world never sees neither.
            reports.Report(effect, issue, report);
            if (report is Report.Ended) busy.End();
        }

        public void Freed(string kind) => reports.Freed(kind);
    }
}
