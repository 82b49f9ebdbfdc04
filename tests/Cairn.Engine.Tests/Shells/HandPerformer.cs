using System.Text;
using Cairn.Engine.Effects;

namespace Cairn.Engine.Tests.Shells;

/// <summary>A performer in the test's hands: it notes each call and reports what the test says.</summary>
internal sealed class HandPerformer(string kind, RecoveryClass recovery = RecoveryClass.Repeat) : IPerformer
{
    private IReportSink? _sink;

    public string Kind => kind;

    public RecoveryClass Recovery => recovery;

    /// <summary>Effects that run at the same time at most.</summary>
    public int Capacity { get; set; } = int.MaxValue;

    /// <summary>Ends every effect at once with its request as result.</summary>
    public bool Echoes { get; init; }

    /// <summary>Notes a stop and goes on.</summary>
    public bool IgnoresStop { get; set; }

    public List<string> Calls { get; } = [];

    /// <summary>Started or recovered and not ended, in that order.</summary>
    public List<EffectOrder> Running { get; } = [];

    public int Reserved { get; private set; }

    public void Open(IReportSink reports) => _sink = reports;

    public Admission Admit(IReadOnlyList<EffectOrder> gang)
    {
        if (Reserved + gang.Count > Capacity) return new Admission.Full($"{Reserved} of {Capacity} in use");
        Reserved += gang.Count;
        return Admission.Admitted.Instance;
    }

    public void Start(EffectOrder order)
    {
        Note("start", order);
        Running.Add(order);
        if (Echoes) End(order, Encoding.UTF8.GetString(order.Ask.Request.Span));
    }

    public void Withdraw(EffectOrder order)
    {
        Note("withdraw", order);
        Reserved--;
    }

    public void Recover(EffectOrder order, ReadOnlyMemory<byte>? handle, IReadOnlyList<ReadOnlyMemory<byte>> told)
    {
        Note($"recover {(handle is { } known ? Encoding.UTF8.GetString(known.Span) : "without handle")}", order);
        Reserved++;
        Running.Add(order);
    }

    public void Tell(EffectOrder order, ReadOnlyMemory<byte> message) =>
        Note($"tell {Encoding.UTF8.GetString(message.Span)}", order);

    public void Stop(EffectOrder order, StopReason reason)
    {
        Note($"stop {reason}", order);
        if (!IgnoresStop && Running.Contains(order))
            End(order, "", reason == StopReason.Interrupted ? Ending.Interrupted : Ending.Known);
    }

    public void Accept(EffectOrder order, string handle) =>
        _sink!.Report(order.Key, order.Issue, new Report.Accepted(Encoding.UTF8.GetBytes(handle)));

    public void End(EffectOrder order, string result, Ending ending = Ending.Known)
    {
        Running.Remove(order);
        Reserved--;
        _sink!.Report(order.Key, order.Issue, new Report.Ended(ending, Encoding.UTF8.GetBytes(result)));
        _sink.Freed(Kind);
    }

    /// <summary>Reports an end once more, as a performer whose first report was late does.</summary>
    public void Repeat(EffectOrder order, string result) =>
        _sink!.Report(order.Key, order.Issue, new Report.Ended(Ending.Known, Encoding.UTF8.GetBytes(result)));

    private void Note(string call, EffectOrder order) =>
        Calls.Add($"{call} {order.RunId}/{order.Key.Sequence}#{order.Issue}");
}
