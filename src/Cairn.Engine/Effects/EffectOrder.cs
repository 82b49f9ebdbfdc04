using Cairn.Engine.Programs;

namespace Cairn.Engine.Effects;

/// <summary>A committed effect, handed to its performer.</summary>
/// <param name="Key">Its idempotency key.</param>
/// <param name="RunId">The run's id for people.</param>
/// <param name="Ask">What was asked, as committed.</param>
/// <param name="Issue">
/// How often the engine handed it out after an interruption, from 1. Reports carry it; one of an older issue is
/// recorded and ignored.
/// </param>
public sealed record EffectOrder(EffectKey Key, string RunId, Ask Ask, int Issue);
