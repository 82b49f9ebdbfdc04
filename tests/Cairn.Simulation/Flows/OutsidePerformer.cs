using System.Text;
using Cairn.Engine.Effects;

namespace Cairn.Simulation.Flows;

/// <summary>Does calls at once; the answers wait until the process takes them, and die with it.</summary>
internal sealed class OutsidePerformer(string kind, RecoveryClass recovery, Outside outside, Queue<Action> answers)
    : IPerformer
{
    private IReportSink? _reports;

    /// <inheritdoc/>
    public string Kind => kind;

    /// <inheritdoc/>
    public RecoveryClass Recovery => recovery;

    /// <inheritdoc/>
    public void Open(IReportSink reports) => _reports = reports;

    /// <inheritdoc/>
    public Admission Admit(IReadOnlyList<EffectOrder> gang) => Admission.Admitted.Instance;

    /// <inheritdoc/>
    public void Start(EffectOrder order)
    {
        var answer = Encoding.UTF8.GetBytes(outside.Answer(order).ToJsonString());
        answers.Enqueue(() => _reports!.Report(order.Key, order.Issue, new Report.Ended(Ending.Known, answer)));
    }

    /// <inheritdoc/>
    public void Recover(EffectOrder order, ReadOnlyMemory<byte>? handle, IReadOnlyList<ReadOnlyMemory<byte>> told)
    {
        if (recovery == RecoveryClass.Ambiguous)
            throw new InvalidOperationException($"an ambiguous effect was recovered: {order.Key}");
        Start(order);
    }

    /// <inheritdoc/>
    public void Tell(EffectOrder order, ReadOnlyMemory<byte> message)
    {
    }

    /// <inheritdoc/>
    public void Stop(EffectOrder order, StopReason reason)
    {
    }
}
