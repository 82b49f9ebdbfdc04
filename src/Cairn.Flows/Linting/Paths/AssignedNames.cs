using Cairn.Flows.Syntax;

namespace Cairn.Flows.Linting.Paths;

/// <summary>Variables that a list of steps assigns outside of inner scopes (spec/workflows.md 1.5).</summary>
internal static class AssignedNames
{
    /// <summary>A new set of the names.</summary>
    public static SortedSet<string> In(IReadOnlyList<Step> steps)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        Collect(steps, names);
        return names;
    }

    /// <summary>The root of an assignment's target: `m` of `m.k[0]`.</summary>
    public static string RootOf(string target)
    {
        var end = target.AsSpan().IndexOfAny('.', '[');
        return (end < 0 ? target : target[..end]).Trim();
    }

    private static void Collect(IReadOnlyList<Step> steps, SortedSet<string> names)
    {
        foreach (var step in steps) Collect(step.Block, names);
    }

    private static void Collect(Block block, SortedSet<string> names)
    {
        foreach (var body in block.Bodies)
        {
            switch (body)
            {
                case Body.Assign assign:
                    names.UnionWith(assign.Entries.Select(entry => RootOf(entry.Target.Text)));
                    break;
                case Body.Call { Result: { } result }:
                    names.Add(result.Name);
                    break;
                case Body.Switch choice:
                    foreach (var one in choice.Cases) Collect(one.Block, names);
                    break;
                case Body.Try attempt:
                    Collect(attempt.Tried, names);
                    break;
                case Body.Group group:
                    Collect(group.Steps, names);
                    break;
            }
        }
    }
}
