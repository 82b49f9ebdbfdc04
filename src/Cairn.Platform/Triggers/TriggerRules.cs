using System.Diagnostics;
using Cairn.Platform.Triggers.Patterns;

namespace Cairn.Platform.Triggers;

/// <summary>What is known of a trigger beside its declaration.</summary>
/// <param name="Paused">Whether a person paused it.</param>
/// <param name="Born">The position of the stores' events when it was first seen; it fires for later ones.</param>
public readonly record struct TriggerStanding(bool Paused, long Born);

/// <summary>Decides whether a trigger fires, and says why not. Pure.</summary>
public static class TriggerRules
{
    /// <summary>The verdict of one trigger.</summary>
    /// <param name="trigger">Its declaration.</param>
    /// <param name="happened">What happened.</param>
    /// <param name="standing">What is known of it.</param>
    /// <param name="mode">The project's mode, or null.</param>
    public static Verdict Judge(Trigger trigger, Happening happened, TriggerStanding standing, string? mode)
    {
        var verdict = Match(trigger.Cause, trigger, happened);
        if (verdict is Verdict.Silent)
            return verdict;
        if (!trigger.Enabled)
            return new Verdict.Silent(Silence.Disabled, "it is not enabled in cairn.yaml");
        if (trigger.When.Count > 0 && !trigger.When.Contains(mode))
            return new Verdict.Silent(
                Silence.OtherMode,
                $"it is active in mode {string.Join(" or ", trigger.When)}, the project's is {mode ?? "not set"}");
        if (happened is Happening.Stored { Position: > 0 } stored && stored.Position <= standing.Born)
            return new Verdict.Silent(
                Silence.BeforeBirth, "the object was complete before the trigger was there; redeliver reaches it");
        return standing.Paused && happened is not Happening.Fired
            ? new Verdict.Silent(Silence.Paused, "it is paused")
            : verdict;
    }

    private static Verdict Match(TriggerCause cause, Trigger trigger, Happening happened) => (cause, happened) switch
    {
        (_, Happening.Fired) => Fires(happened, []),
        (TriggerCause.Objects objects, Happening.Stored stored) => Match(objects, stored),
        (TriggerCause.Events events, Happening.Received received) => Match(events, received),
        (TriggerCause.Schedule, Happening.Due due) when due.Trigger == trigger.Id => Fires(due, []),
        (TriggerCause.Objects objects, _) => Other($"it waits for objects of cairn://{objects.Store}"),
        (TriggerCause.Events events, _) => Other($"it waits for events of type {events.Type}"),
        (TriggerCause.Schedule schedule, _) => Other($"it follows the timetable {schedule.Table.Written}"),
        (TriggerCause.Manual, _) => Other("it is fired by hand only"),
        _ => throw new UnreachableException(),
    };

    private static Verdict Match(TriggerCause.Objects cause, Happening.Stored stored)
    {
        if (cause.Store != stored.Store)
            return Other($"it waits for objects of cairn://{cause.Store}");
        if (cause.Pattern.Match(stored.Key) is NameMatch.Misses misses)
            return new Verdict.Silent(Silence.NoMatch, misses.Reason);
        if (cause.Exclude.FirstOrDefault(pattern => pattern.Match(stored.Key) is NameMatch.Fits) is { } excluded)
            return new Verdict.Silent(Silence.Excluded, $"the name fits the exclusion `{excluded.Written}`");
        if (TemporaryNames.Reason(stored.Key) is { } temporary)
            return new Verdict.Silent(Silence.Temporary, temporary);
        return Fires(stored, ((NameMatch.Fits)cause.Pattern.Match(stored.Key)).Captures);
    }

    private static Verdict Match(TriggerCause.Events cause, Happening.Received received)
    {
        if (cause.Type != received.Message.Type)
            return new Verdict.Silent(
                Silence.NoMatch, $"the type is {received.Message.Type}, it waits for {cause.Type}");
        if (cause.Source is { } source && source != received.Message.Source)
            return new Verdict.Silent(
                Silence.NoMatch, $"the source is {received.Message.Source}, it waits for {source}");
        return Fires(received, []);
    }

    private static Verdict.Silent Other(string reason) => new(Silence.OtherCause, reason);

    // Captures win over values of the event: they are what the file's author named.
    private static Verdict.Fires Fires(Happening happened, IReadOnlyList<KeyValuePair<string, string>> captures)
    {
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in happened.Values.Concat(captures))
            values[name] = value;
        return new Verdict.Fires(values);
    }
}
