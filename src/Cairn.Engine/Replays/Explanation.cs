using Cairn.Engine.Runs;
using Cairn.Engine.Shells;

namespace Cairn.Engine.Replays;

/// <summary>What a run waits for, from its journaled state and from what the owner's performers said.</summary>
internal static class Explanation
{
    /// <summary>The waits, a park first.</summary>
    /// <param name="state">As loaded.</param>
    /// <param name="places">What <see cref="Shell.Placement"/> says; empty when the owner cannot be asked.</param>
    public static IReadOnlyList<Wait> Of(RunState state, IReadOnlyDictionary<long, string?> places)
    {
        List<Wait> waits = [];
        if (state.HasEnded) return waits;
        if (state.Parked != Parked.No) waits.Add(new Wait.ForResume(state.Parked, state.ParkMessage));
        foreach (var effect in state.Effects.Values)
        {
            var ask = effect.Ask;
            var queue = ask.Queue.Length == 0 ? ask.Kind : $"{ask.Kind}/{ask.Queue}";
            var isPlaced = places.TryGetValue(effect.Sequence, out var reason);
            var isWaiting = isPlaced ? reason is not null : !effect.IsIssued && effect.Handle is null;
            waits.Add(isWaiting
                ? new Wait.ForCapacity(effect.Sequence, ask.Label, queue, reason)
                : new Wait.ForEffect(effect.Sequence, ask.Label, ask.Kind));
        }

        foreach (var (timer, due) in state.Timers) waits.Add(new Wait.ForTimer(timer, due));
        if (waits.Count == 0) waits.Add(Wait.ForInbox.Instance);
        return waits;
    }
}
