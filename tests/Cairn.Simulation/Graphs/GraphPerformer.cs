using System.Text;
using Cairn.Engine.Effects;
using Cairn.Graphs.Tasks;
using Cairn.Simulation.Performers;
using Cairn.Simulation.Worlds;

namespace Cairn.Simulation.Graphs;

/// <summary>A simulated executor: what the local one promises, in virtual time.</summary>
internal sealed class GraphPerformer(World world, Life life, GraphMachine machine, int capacity)
    : SimulatedPerformer(world, life, TaskJson.Kind, capacity)
{
    /// <inheritdoc/>
    public override RecoveryClass Recovery => RecoveryClass.Reattach;

    /// <inheritdoc/>
    protected override void Begin(EffectOrder order, bool isFirst) => Call(
        () => machine.Launch(order, World),
        attempt =>
        {
            Accept(order);
            attempt.Changed = () => World.Agenda.After(World.Latency(), () => Follow(order, attempt), Life);
            Follow(order, attempt);
        });

    /// <inheritdoc/>
    protected override void Hear(EffectOrder order, string word)
    {
        var message = TaskJson.ReadMessage(Encoding.UTF8.GetBytes(word));
        Reach(order, attempt => attempt.Tell(message));
    }

    /// <inheritdoc/>
    protected override void Halt(EffectOrder order, StopReason reason) =>
        Reach(order, attempt => attempt.Kill(reason == StopReason.Interrupted));

    /// <inheritdoc/>
    protected override string? EndUnstarted(string word) =>
        TaskJson.ReadMessage(Encoding.UTF8.GetBytes(word)).Verb is TaskVerb.Stop or TaskVerb.Kill
            ? Text(new TaskResult { Ending = TaskEnding.Stopped, ExitCode = 143 })
            : null;

    private void Follow(EffectOrder order, GraphAttempt attempt)
    {
        if (!IsHeld(order)) return;
        if (attempt.Result is { } result)
            End(order, attempt.IsInterrupted ? Ending.Interrupted : Ending.Known, Text(result));
        else
            Progress(order, Encoding.UTF8.GetString(TaskJson.Write(new TaskProgress(attempt.Phase))));
    }

    /// <summary>Words keep their order: each is tried again until the attempt is launched.</summary>
    private void Reach(EffectOrder order, Action<GraphAttempt> act) => World.Agenda.After(World.Latency(), () =>
    {
        if (machine.Find(order) is { } attempt) act(attempt);
        else if (!Life.IsOver) Reach(order, act);
    });

    private static string Text(TaskResult result) => Encoding.UTF8.GetString(TaskJson.Write(result));
}
