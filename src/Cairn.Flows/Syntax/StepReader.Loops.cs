using Cairn.Flows.Sources;

namespace Cairn.Flows.Syntax;

/// <content>`for` and `parallel`.</content>
internal sealed partial class StepReader
{
    private Body.For? For(SourceEntry entry) =>
        LoopOf(entry.Value, "for") is { } loop ? new Body.For(entry.Key.Span, loop) : null;

    private Loop? LoopOf(SourceNode node, string owner)
    {
        if (node is not SourceNode.Map map)
        {
            findings.Error(
                node.Span, $"{Where}: '{owner}' is a map with value, in (or range) and steps, found {node.Told}");
            return null;
        }

        Only(map, owner, ["value", "index", "in", "range", "steps"]);
        var (list, range) = (map["in"], map["range"]);
        if (list is null == range is null)
            findings.Error(
                map.Span, list is null
                    ? $"{Where}: '{owner}' needs 'in' or 'range'"
                    : $"{Where}: '{owner}' has both 'in' and 'range'",
                "in: ${a_list}, or range: [1, 9]");
        if (range is not null && map.Find("index") is { } index)
            findings.Error(index.Key.Span, $"{Where}: 'index' goes with 'in', not with 'range'", "use the value");
        var value = map["value"] is { } name ? Name(name, "value") : null;
        if (map["value"] is null)
            findings.Error(map.Span, $"{Where}: 'value' is missing in '{owner}'", "value: a_name");
        var position = map["index"] is { } at ? Name(at, "index") : null;
        if (map["steps"] is not { } inside)
        {
            findings.Error(map.Span, $"{Where}: 'steps' is missing in '{owner}'");
            return null;
        }

        var steps = Steps(inside, $"{Where}: 'steps' of '{owner}'");
        return value is null || (list ?? range) is null ? null : new Loop(value, position, list, range, steps);
    }

    private Body? Parallel(SourceEntry entry)
    {
        if (entry.Value is not SourceNode.Map map)
        {
            findings.Error(
                entry.Value.Span, $"{Where}: 'parallel' is a map with branches or for, found {entry.Value.Told}");
            return null;
        }

        Only(map, "parallel", ["shared", "exception_policy", "concurrency_limit", "branches", "for"]);
        if (map["exception_policy"] is { } policy
            && policy is not SourceNode.Scalar { Text: "continueAll" })
            findings.Error(
                policy.Span, $"{Where}: 'exception_policy' is continueAll, found {policy.Told}", "leave it out");
        var terms = new ParallelTerms(Shared(map["shared"]), map["concurrency_limit"]);
        switch (map["branches"], map["for"])
        {
            case ({ } branches, null):
                return new Body.Branches(entry.Key.Span, terms, Branches(branches));
            case (null, { } loop):
                return LoopOf(loop, "for") is { } read ? new Body.ParallelFor(entry.Key.Span, terms, read) : null;
            default:
                findings.Error(
                    map.Span, $"{Where}: 'parallel' needs either 'branches' or 'for'",
                    "branches: [- a: {steps: […]}]");
                return null;
        }
    }

    private List<Variable> Shared(SourceNode? node)
    {
        var shared = new List<Variable>();
        if (node is null)
            return shared;
        if (node is not SourceNode.List list)
        {
            findings.Error(node.Span, $"{Where}: 'shared' is a list of variables, found {node.Told}");
            return shared;
        }

        foreach (var item in list.Items)
            if (Name(item, "shared") is { } variable)
                shared.Add(variable);
        return shared;
    }

    private List<Branch> Branches(SourceNode node)
    {
        var branches = new List<Branch>();
        if (node is not SourceNode.List { Items.Count: > 0 } list)
        {
            findings.Error(
                node.Span, $"{Where}: 'branches' is a list of named branches, found {Found(node)}",
                "- a_name: {steps: […]}");
            return branches;
        }

        if (list.Items.Count < 2)
            findings.Limit(
                "branches", list.Span, $"{Where}: one branch, the original wants at least 2", "leave 'parallel' out");
        foreach (var item in list.Items)
            if (BranchOf(item) is { } branch)
            {
                if (branches.Exists(other => other.Name == branch.Name))
                    findings.Error(branch.Span, $"{Where}: two branches are called '{branch.Name}'");
                branches.Add(branch);
            }

        return branches;
    }

    private Branch? BranchOf(SourceNode item)
    {
        if (item is SourceNode.Map { Entries: [{ Value: SourceNode.Map body } entry] } && body["steps"] is { } steps)
        {
            Only(body, $"branch {entry.Key.Text}", ["steps"]);
            var inside = Steps(steps, $"{Where}: 'steps' of branch '{entry.Key.Text}'");
            return new Branch(entry.Key.Text, entry.Key.Span, inside);
        }

        findings.Error(
            item.Span, $"{Where}: a branch is one name with 'steps', found {Found(item)}", "- a_name: {steps: […]}");
        return null;
    }
}
