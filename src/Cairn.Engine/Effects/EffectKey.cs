using Cairn.Engine.Runs;

namespace Cairn.Engine.Effects;

/// <summary>
/// The idempotency key of an effect: the same after every crash, another after a retry, edit or restore of the run.
/// </summary>
/// <param name="Run">The run's uid.</param>
/// <param name="Incarnation">Changed by retry, edit and restore; from 0.</param>
/// <param name="Sequence">The effect's number within the run.</param>
public readonly record struct EffectKey(RunUid Run, int Incarnation, long Sequence)
{
    /// <summary>`uid.incarnation.sequence`: safe as a file, cgroup or host name part, and as object metadata.</summary>
    public override string ToString() => $"{Run}.{Incarnation}.{Sequence}";
}
