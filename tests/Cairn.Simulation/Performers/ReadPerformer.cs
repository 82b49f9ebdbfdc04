using Cairn.Engine.Effects;
using Cairn.Simulation.Worlds;

namespace Cairn.Simulation.Performers;

/// <summary>Reads: harmless to do again. A flaky one fails as often as its request says, by its attempt.</summary>
internal sealed class ReadPerformer(World world, Life life) : SimulatedPerformer(world, life, "read", 4)
{
    /// <inheritdoc/>
    public override RecoveryClass Recovery => RecoveryClass.Repeat;

    /// <inheritdoc/>
    protected override void Halt(EffectOrder order, StopReason reason) =>
        End(order, reason == StopReason.Interrupted ? Ending.Interrupted : Ending.Known, "stopped");

    /// <inheritdoc/>
    protected override void Begin(EffectOrder order, bool isFirst) => Call(
        () =>
        {
            var act = Act.Of(order);
            World.Did(order, act);
            return order.Ask.Attempt < act.Number ? $"failed attempt {order.Ask.Attempt}" : $"read {act.Step}";
        },
        answer => End(order, Ending.Known, answer));
}
