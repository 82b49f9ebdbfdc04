using Cairn.Engine.Effects;
using Cairn.Simulation.Worlds;

namespace Cairn.Simulation.Performers;

/// <summary>A POST to a stranger who knows no keys: once begun it cannot be taken back, only waited for.</summary>
internal sealed class PostPerformer(World world, Life life) : SimulatedPerformer(world, life, "post", 4)
{
    /// <inheritdoc/>
    public override RecoveryClass Recovery => RecoveryClass.Ambiguous;

    /// <inheritdoc/>
    protected override void Halt(EffectOrder order, StopReason reason)
    {
        if (reason == StopReason.Terminated) End(order, Ending.Known, "abandoned");
    }

    /// <inheritdoc/>
    protected override void Begin(EffectOrder order, bool isFirst)
    {
        if (!isFirst) throw new InvalidOperationException($"recovered an ambiguous effect: {Name(order)}");
        Call(
            () =>
            {
                World.Did(order, Act.Of(order), once: true);
                return "posted";
            },
            answer => End(order, Ending.Known, answer));
    }
}
