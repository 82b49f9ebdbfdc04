using Cairn.Engine.Effects;
using Cairn.Simulation.Worlds;

namespace Cairn.Simulation.Performers;

/// <summary>Tasks on a machine: found again by their key after a crash, told to leave their barrier, stopped.</summary>
internal sealed class TaskPerformer(World world, Life life) : SimulatedPerformer(world, life, "task", 4)
{
    /// <inheritdoc/>
    public override RecoveryClass Recovery => RecoveryClass.Reattach;

    /// <inheritdoc/>
    protected override void Hear(EffectOrder order, string word)
    {
        Reach(order, task => World.Machine.Tell(task, word));
    }

    /// <inheritdoc/>
    protected override void Halt(EffectOrder order, StopReason reason)
    {
        Reach(order, task => Machine.Kill(task, reason == StopReason.Interrupted));
    }

    /// <inheritdoc/>
    protected override void Begin(EffectOrder order, bool isFirst) => Call(
        () => World.Launch(order, Act.Of(order)),
        task =>
        {
            Accept(order);
            task.Changed = changed => World.Agenda.After(World.Latency(), () => Follow(order, changed), Life);
            Follow(order, task);
        });

    /// <summary>Does something to a task, once it is launched: words overtake a slow launch only here.</summary>
    private void Reach(EffectOrder order, Action<SimulatedTask> act) => World.Agenda.After(World.Latency(), () =>
    {
        if (World.Machine.Find(order.Key, order.Issue) is { } task) act(task);
        else if (!Life.IsOver) Reach(order, act);
    });

    private void Follow(EffectOrder order, SimulatedTask task)
    {
        if (!IsHeld(order)) return;
        if (task.Result is { } result)
        {
            End(order, result == "interrupted" ? Ending.Interrupted : Ending.Known, result);
        }
        else if (task.Ready && !task.Released)
        {
            Progress(order, "ready");
        }
    }
}
