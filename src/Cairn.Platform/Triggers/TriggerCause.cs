using Cairn.Platform.Triggers.Patterns;
using Cairn.Platform.Triggers.Schedules;

namespace Cairn.Platform.Triggers;

/// <summary>What a trigger waits for. Closed.</summary>
public abstract record TriggerCause
{
    private TriggerCause() { }

    /// <summary>An object of a store is complete.</summary>
    /// <param name="Store">The embedded bucket's name.</param>
    /// <param name="Pattern">What its name looks like.</param>
    /// <param name="Exclude">Names that are left out all the same.</param>
    public sealed record Objects(string Store, NamePattern Pattern, IReadOnlyList<PathTemplate> Exclude) : TriggerCause;

    /// <summary>An event of a type arrives.</summary>
    /// <param name="Type">The exact type.</param>
    /// <param name="Source">The exact source, or null for any.</param>
    public sealed record Events(string Type, string? Source) : TriggerCause;

    /// <summary>A time comes.</summary>
    public sealed record Schedule(Timetable Table, MissedPolicy Missed) : TriggerCause;

    /// <summary>Somebody fires it.</summary>
    public sealed record Manual : TriggerCause;
}
