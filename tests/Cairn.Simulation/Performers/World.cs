using Cairn.Engine.Effects;
using Cairn.Simulation.Journals;
using Cairn.Simulation.Seeds;
using Cairn.Simulation.Worlds;

namespace Cairn.Simulation.Performers;

/// <summary>
/// Everything outside the engine that outlives its process: the machine, the store, strangers. It honours keys, and
/// writes down under which keys each wanted act was done.
/// </summary>
internal sealed class World
{
    private readonly SortedDictionary<string, SortedSet<string>> _done = new(StringComparer.Ordinal);

    public World(Agenda agenda, Dice dice, Trace trace, Audit audit)
    {
        Agenda = agenda;
        Dice = dice;
        Trace = trace;
        Audit = audit;
        Store = new ObjectStore(remembers: dice.PerMille(500));
        Machine = new Machine(agenda, dice.Split());
    }

    public Agenda Agenda { get; }

    public Dice Dice { get; }

    public Trace Trace { get; }

    public Audit Audit { get; }

    public Verdict Verdict => Audit.Verdict;

    public ObjectStore Store { get; }

    public Machine Machine { get; }

    /// <summary>How disturbed the road between performers and the world is; none: every answer comes, once.</summary>
    public Weather Weather { get; set; } = Weather.Calm;

    /// <summary>Ends the process that lives now.</summary>
    public Action<string> Kill { get; set; } = static _ => { };

    /// <summary>Calls to a performer that are the last thing its process does, of a thousand.</summary>
    public int KilledInHandOut { get; set; }

    /// <summary>Writes down a call to a performer, and perhaps ends the process before it.</summary>
    public bool KilledBy(string call)
    {
        Trace.Add(call);
        if (!Dice.PerMille(KilledInHandOut)) return false;
        Kill($"at: {call}");
        return true;
    }

    /// <summary>
    /// Something was really done. <paramref name="once"/>: doing it again under its key is a mistake, for the receiver
    /// cannot know it.
    /// </summary>
    public void Did(EffectOrder order, Act act, bool once = false)
    {
        var wanted = act.Wanted(order);
        if (!_done.TryGetValue(wanted, out var keys)) _done[wanted] = keys = new(StringComparer.Ordinal);
        var isNew = keys.Add(order.Key.ToString());
        if (keys.Count > 1) Verdict.Break($"{wanted} was done under {keys.Count} keys: {string.Join(", ", keys)}");
        if (once && !isNew) Verdict.Break($"{wanted} was done twice");
    }

    /// <summary>Launches a task, or finds it. Two hand-outs of one effect never run at the same time.</summary>
    public SimulatedTask Launch(EffectOrder order, Act act)
    {
        var others = Machine.Tasks.Where(task => task.Key == order.Key && task.Issue != order.Issue);
        if (others.FirstOrDefault(task => task.Result is null) is { } other)
            Verdict.Break($"{act.Wanted(order)} is launched while its issue {other.Issue} still runs");
        var task = Machine.Launch(order.Key, order.Issue, act, out var isNew);
        if (isNew) Did(order, act);
        return task;
    }

    /// <summary>A delay on the road.</summary>
    public TimeSpan Latency() => TimeSpan.FromMicroseconds(Dice.Between(50, Weather.SlowestMilliseconds * 1000));
}

/// <summary>How reports and answers fare, in chances of a thousand.</summary>
internal sealed record Weather
{
    /// <summary>Nothing goes wrong.</summary>
    public static Weather Calm { get; } = new();

    public int SlowestMilliseconds { get; init; } = 20;

    /// <summary>A report comes twice, the second time late.</summary>
    public int Duplicate { get; init; }

    /// <summary>A report comes much later than the thing.</summary>
    public int Late { get; init; }

    /// <summary>`accepted` never comes.</summary>
    public int Unaccepted { get; init; }
}
