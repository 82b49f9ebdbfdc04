using System.Diagnostics;
using Cairn.Engine.Effects;

namespace Cairn.Bench;

/// <summary>Ends every effect at once, in this process: what is left is the cost of the engine.</summary>
internal sealed class EchoPerformer(int resultBytes, bool ends = true) : IPerformer
{
    private readonly byte[] _result = new byte[resultBytes];
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IReportSink? _sink;
    private long _started;

    public string Kind => "echo";

    public RecoveryClass Recovery => RecoveryClass.Repeat;

    /// <summary>A name whose starts are timed; null: none.</summary>
    public string? Timed { get; init; }

    public List<long> Times { get; } = [];

    /// <summary>Completes when so many effects were started.</summary>
    public int Expected { get; init; } = int.MaxValue;

    public Task Reached => _reached.Task;

    public void Open(IReportSink reports) => _sink = reports;

    public Admission Admit(IReadOnlyList<EffectOrder> gang) => Admission.Admitted.Instance;

    public void Start(EffectOrder order)
    {
        if (Timed is not null && order.RunId.StartsWith(Timed, StringComparison.Ordinal))
            Times.Add(Stopwatch.GetTimestamp());
        if (++_started == Expected) _reached.SetResult();
        if (ends) _sink!.Report(order.Key, order.Issue, new Report.Ended(Ending.Known, _result));
    }

    public void Recover(EffectOrder order, ReadOnlyMemory<byte>? handle, IReadOnlyList<ReadOnlyMemory<byte>> told) =>
        Start(order);

    public void Tell(EffectOrder order, ReadOnlyMemory<byte> message)
    {
        // Nothing here listens.
    }

    public void Stop(EffectOrder order, StopReason reason)
    {
        // It has ended already.
    }
}
