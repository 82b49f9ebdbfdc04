using Cairn.Engine.Effects;
using Cairn.Simulation.Seeds;

namespace Cairn.Simulation.Worlds;

/// <summary>Where tasks run. Launching one under a key and issue that it knows finds the task instead.</summary>
internal sealed class Machine(Agenda agenda, Dice dice)
{
    private readonly SortedDictionary<(string Key, int Issue), SimulatedTask> _tasks = [];

    /// <summary>All tasks ever launched.</summary>
    public IEnumerable<SimulatedTask> Tasks => _tasks.Values;

    /// <summary>The task with this key and issue; null: there is none.</summary>
    public SimulatedTask? Find(EffectKey key, int issue) => _tasks.GetValueOrDefault((key.ToString(), issue));

    /// <summary>Starts a task, or finds it; <paramref name="isNew"/> says which.</summary>
    public SimulatedTask Launch(EffectKey key, int issue, Act act, out bool isNew)
    {
        isNew = Find(key, issue) is null;
        if (!isNew) return _tasks[(key.ToString(), issue)];
        var task = new SimulatedTask(key, issue, act);
        _tasks[(key.ToString(), issue)] = task;
        var work = TimeSpan.FromMilliseconds(
            act.Verb == "orphan" ? dice.Between(60_000, 90_000) : dice.Between(1, 3000));
        if (act.Verb == "gang") agenda.After(work, () => ComeToBarrier(task));
        else agenda.After(work, () => End(task, "ran"));
        return task;
    }

    /// <summary>A word of the program; the same twice is as once.</summary>
    public void Tell(SimulatedTask task, string word)
    {
        if (word == "stop") End(task, "stopped");
        if (word != "go" || task.Released) return;
        task.Released = true;
        if (task.Ready) Leave(task);
    }

    /// <summary>
    /// Ends it now. Why is written beside the task: a process that dies before it reports that an interrupted task has
    /// ended must not leave its successor to take the kill for the task's own end.
    /// </summary>
    public static void Kill(SimulatedTask task, bool isInterrupt) => End(task, isInterrupt ? "interrupted" : "killed");

    private void ComeToBarrier(SimulatedTask task)
    {
        if (task.Result is not null) return;
        task.Ready = true;
        task.Changed?.Invoke(task);
        if (task.Released) Leave(task);
    }

    private void Leave(SimulatedTask task) =>
        agenda.After(TimeSpan.FromMilliseconds(dice.Between(1, 500)), () => End(task, "ran together"));

    private static void End(SimulatedTask task, string result)
    {
        if (task.Result is not null) return;
        task.Result = result;
        task.Changed?.Invoke(task);
    }
}
