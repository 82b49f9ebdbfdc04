using Cairn.Platform.Triggers.Patterns;

namespace Cairn.Platform.Triggers;

/// <summary>Two triggers that start the same program for the same object.</summary>
/// <param name="First">The one that stands first.</param>
/// <param name="Second">The other one.</param>
/// <param name="Example">A name that fires both.</param>
public sealed record TriggerOverlap(Trigger First, Trigger Second, string Example);

/// <summary>
/// Finds triggers that would run the same program twice for one object. It tries a name that each path pattern stands
/// for on the other: what it reports is certain, but it does not find everything.
/// </summary>
public static class TriggerOverlaps
{
    /// <summary>All pairs that can be active together.</summary>
    public static IReadOnlyList<TriggerOverlap> Find(IReadOnlyList<Trigger> triggers)
    {
        var found = new List<TriggerOverlap>();
        var objects = triggers.Where(trigger => trigger is { Enabled: true, Cause: TriggerCause.Objects }).ToList();
        foreach (var group in objects.GroupBy(trigger => (trigger.Run, ((TriggerCause.Objects)trigger.Cause).Store)))
        {
            var members = group.ToList();
            for (var i = 0; i < members.Count; i++)
                for (var j = i + 1; j < members.Count; j++)
                    if (AreTogether(members[i], members[j]) && Both(members[i], members[j]) is { } name)
                        found.Add(new TriggerOverlap(members[i], members[j], name));
        }

        return found;
    }

    private static bool AreTogether(Trigger first, Trigger second) =>
        first.When.Count == 0 || second.When.Count == 0 || first.When.Intersect(second.When).Any();

    private static string? Both(Trigger first, Trigger second) => new[] { first, second }
        .Select(trigger => ((TriggerCause.Objects)trigger.Cause).Pattern)
        .OfType<NamePattern.Path>()
        .Select(pattern => pattern.Template.Example)
        .FirstOrDefault(name => Fires(first, name) && Fires(second, name));

    private static bool Fires(Trigger trigger, string name) => TriggerRules.Judge(
        trigger with { When = [] },
        new Happening.Stored(((TriggerCause.Objects)trigger.Cause).Store, "", name, 1), default, null) is Verdict.Fires;
}
