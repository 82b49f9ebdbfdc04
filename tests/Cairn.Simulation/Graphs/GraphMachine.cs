using Cairn.Engine.Effects;
using Cairn.Graphs.Tasks;
using Cairn.Simulation.Performers;
using Cairn.Simulation.Worlds;

namespace Cairn.Simulation.Graphs;

/// <summary>Where the tasks of graphs run, whatever becomes of the engine. Found again by key and issue.</summary>
internal sealed class GraphMachine
{
    private readonly SortedDictionary<(string Key, int Issue), GraphAttempt> _attempts = [];

    /// <summary>All that were ever launched.</summary>
    public IEnumerable<GraphAttempt> Attempts => _attempts.Values;

    /// <summary>The attempt with this key and issue; null: there is none.</summary>
    public GraphAttempt? Find(EffectOrder order) => _attempts.GetValueOrDefault((order.Key.ToString(), order.Issue));

    /// <summary>Starts an attempt, or finds it.</summary>
    public GraphAttempt Launch(EffectOrder order, World world)
    {
        if (Find(order) is { } known) return known;
        var task = TaskJson.ReadOrder(order.Ask.Request);
        if (_attempts.Values.FirstOrDefault(other => other.Order.Key == order.Key && other.Result is null) is { } other)
            world.Verdict.Break($"{task.Task} is launched while its issue {other.Order.Issue} still runs");
        world.Did(order, new Act($"{task.Task}", "run", task.RetryId));
        var attempt = new GraphAttempt(order, task, world);
        _attempts[(order.Key.ToString(), order.Issue)] = attempt;
        attempt.Begin();
        return attempt;
    }
}
