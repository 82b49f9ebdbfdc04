using Cairn.Engine.Effects;

namespace Cairn.Simulation.PlantedBugs;

/// <summary>A performer that passes everything on, reports included; a planted bug changes one thing.</summary>
internal abstract class PerformerDecorator(IPerformer inner) : IPerformer, IReportSink
{
    private IReportSink? _sink;

    /// <inheritdoc/>
    public string Kind => inner.Kind;

    /// <inheritdoc/>
    public virtual RecoveryClass Recovery => inner.Recovery;

    protected IReportSink Sink => _sink!;

    /// <inheritdoc/>
    public void Open(IReportSink reports)
    {
        _sink = reports;
        inner.Open(this);
    }

    /// <inheritdoc/>
    public Admission Admit(IReadOnlyList<EffectOrder> gang) => inner.Admit([.. gang.Select(Order)]);

    /// <inheritdoc/>
    public virtual void Start(EffectOrder order) => inner.Start(Order(order));

    /// <inheritdoc/>
    public void Withdraw(EffectOrder order) => inner.Withdraw(Order(order));

    /// <inheritdoc/>
    public virtual void Recover(
        EffectOrder order, ReadOnlyMemory<byte>? handle, IReadOnlyList<ReadOnlyMemory<byte>> told) =>
        inner.Recover(Order(order), handle, told);

    /// <inheritdoc/>
    public void Tell(EffectOrder order, ReadOnlyMemory<byte> message) => inner.Tell(Order(order), message);

    /// <inheritdoc/>
    public void Stop(EffectOrder order, StopReason reason) => inner.Stop(Order(order), reason);

    /// <inheritdoc/>
    public virtual void Report(EffectKey effect, int issue, Report report) => Sink.Report(effect, issue, report);

    /// <inheritdoc/>
    public void Freed(string kind) => Sink.Freed(kind);

    /// <summary>The order as the performer sees it.</summary>
    protected virtual EffectOrder Order(EffectOrder order) => order;
}
