using System.Diagnostics;
using System.Text;
using Cairn.Engine.Effects;
using Cairn.Simulation.Worlds;

namespace Cairn.Simulation.Performers;

/// <summary>
/// What all simulated performers share: their capacity, the audit of what they are handed, and a road to the engine on
/// which reports come late and twice. It dies with its process; what it had sent to the world goes on.
/// </summary>
internal abstract class SimulatedPerformer(World world, Life life, string kind, int capacity) : IPerformer
{
    private readonly SortedSet<string> _held = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _started = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _ended = new(StringComparer.Ordinal);
    private IReportSink? _sink;

    /// <inheritdoc/>
    public string Kind => kind;

    /// <inheritdoc/>
    public abstract RecoveryClass Recovery { get; }

    protected World World => world;

    protected Life Life => life;

    /// <inheritdoc/>
    public void Open(IReportSink reports) => _sink = reports;

    /// <inheritdoc/>
    public Admission Admit(IReadOnlyList<EffectOrder> gang)
    {
        if (_held.Count > 0 && _held.Count + gang.Count > capacity)
            return new Admission.Full($"{kind}: {_held.Count} of {capacity} in use, {gang.Count} asked");
        foreach (var order in gang) _held.Add(Name(order));
        return Admission.Admitted.Instance;
    }

    /// <inheritdoc/>
    public void Withdraw(EffectOrder order)
    {
        if (life.IsOver) return;
        world.Trace.Add($"withdraw {Name(order)}");
        if (_started.Contains(Name(order))) world.Verdict.Break($"{Name(order)} was withdrawn after its start");
        if (_held.Remove(Name(order))) _sink!.Freed(kind);
    }

    /// <inheritdoc/>
    public void Start(EffectOrder order)
    {
        if (life.IsOver || world.KilledBy($"start {Name(order)}")) return;

        // Told to stop while it waited, it has ended; its admission or its start was on the way.
        if (_ended.Contains(Name(order)))
        {
            if (_held.Remove(Name(order))) _sink!.Freed(kind);
            return;
        }

        world.Audit.HandedOut(order, Recovery);
        if (!_held.Contains(Name(order))) world.Verdict.Break($"{Name(order)} was started without being admitted");
        if (!_started.Add(Name(order))) world.Verdict.Break($"{Name(order)} was started twice by one process");
        Begin(order, isFirst: true);
    }

    /// <inheritdoc/>
    public void Recover(EffectOrder order, ReadOnlyMemory<byte>? handle, IReadOnlyList<ReadOnlyMemory<byte>> told)
    {
        if (life.IsOver || world.KilledBy($"recover {Name(order)} told {told.Count}")) return;
        world.Audit.HandedOut(order, Recovery);
        _held.Add(Name(order));
        if (!_started.Add(Name(order))) world.Verdict.Break($"{Name(order)} was recovered after its start");
        Begin(order, isFirst: false);
        foreach (var message in told) Tell(order, message);
    }

    /// <inheritdoc/>
    public void Tell(EffectOrder order, ReadOnlyMemory<byte> message)
    {
        if (life.IsOver) return;
        var word = Encoding.UTF8.GetString(message.Span);
        world.Trace.Add($"tell {Name(order)} {word}");
        world.Audit.HandedOut(order, message);
        if (_started.Contains(Name(order))) Hear(order, word);
        else if (EndUnstarted(word) is { } result) End(order, Ending.Known, result);
    }

    /// <inheritdoc/>
    public void Stop(EffectOrder order, StopReason reason)
    {
        if (life.IsOver) return;
        world.Trace.Add($"stop {Name(order)} {reason}");
        if (!_started.Contains(Name(order))) world.Verdict.Break($"{Name(order)} was stopped before its start");
        else if (_held.Contains(Name(order))) Halt(order, reason);
    }

    /// <summary>Does the one attempt; not the first time: look before doing.</summary>
    protected abstract void Begin(EffectOrder order, bool isFirst);

    /// <summary>Stops what was begun.</summary>
    protected abstract void Halt(EffectOrder order, StopReason reason);

    /// <summary>A word of the program. Only some listen; a request that is on its way ends by itself.</summary>
    protected virtual void Hear(EffectOrder order, string word)
    {
    }

    /// <summary>What ends an effect that still waits for capacity or for its start's commit; null: the word does
    /// not.</summary>
    protected virtual string? EndUnstarted(string word) => word == "stop" ? "stopped" : null;

    /// <summary>A call to the world and its answer. The call arrives even when the process dies; the answer does
    /// not.</summary>
    protected void Call<T>(Func<T> there, Action<T> back) => world.Agenda.After(world.Latency(), () =>
    {
        var answer = there();
        world.Agenda.After(world.Latency(), () => back(answer), life);
    });

    protected void Accept(EffectOrder order)
    {
        if (!world.Dice.PerMille(world.Weather.Unaccepted))
            Send(order, new Report.Accepted(Encoding.UTF8.GetBytes($"handle of {order.Key}")));
    }

    protected void Progress(EffectOrder order, string state) =>
        Send(order, new Report.Progressed(Encoding.UTF8.GetBytes(state)));

    /// <summary>It is over, and its place is free.</summary>
    protected void End(EffectOrder order, Ending ending, string result)
    {
        if (!_ended.Add(Name(order))) return;
        var report = new Report.Ended(ending, Encoding.UTF8.GetBytes(result));
        Send(order, report);
        if (world.Dice.PerMille(world.Weather.Duplicate)) Later(() => Deliver(order, report));
        _held.Remove(Name(order));
        _sink!.Freed(kind);
    }

    protected bool IsHeld(EffectOrder order) => _held.Contains(Name(order));

    protected static string Name(EffectOrder order) =>
        $"{order.RunId} effect {order.Key.Incarnation}.{order.Key.Sequence} issue {order.Issue} "
        + $"{order.Ask.Kind} {Request(order)}";

    /// <summary>A script's request is a few words; a graph's is a page, and its label says enough.</summary>
    private static string Request(EffectOrder order) => order.Ask.Request.Length > 80
        ? order.Ask.Label
        : Encoding.UTF8.GetString(order.Ask.Request.Span);

    private void Send(EffectOrder order, Report report)
    {
        if (world.Dice.PerMille(world.Weather.Late)) Later(() => Deliver(order, report));
        else Deliver(order, report);
    }

    private void Deliver(EffectOrder order, Report report)
    {
        world.Trace.Add($"report {Name(order)} {Text(report)}");
        _sink!.Report(order.Key, order.Issue, report);
    }

    private void Later(Action act) =>
        world.Agenda.After(TimeSpan.FromMilliseconds(world.Dice.Between(1, 8000)), act, life);

    private static string Text(Report report) => report switch
    {
        Report.Accepted => "accepted",
        Report.Progressed of => $"progressed {Encoding.UTF8.GetString(of.State.Span)}",
        Report.Ended of => $"ended {of.Ending} {Encoding.UTF8.GetString(of.Result.Span)}",
        _ => throw new UnreachableException(),
    };
}
