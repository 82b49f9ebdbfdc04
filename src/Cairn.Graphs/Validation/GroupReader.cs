using Cairn.Graphs.Spec;
using Cairn.Graphs.Yaml;

namespace Cairn.Graphs.Validation;

/// <summary>Reads `groups` and bare `tasks` (spec/osmo.md 1.3 and 1.5).</summary>
internal sealed class GroupReader(Findings findings)
{
    private readonly TaskReader _tasks = new(findings);

    /// <summary>All groups in order, with the nodes they were read from.</summary>
    public List<ReadGroup> Read(MapReader workflow)
    {
        var groups = workflow.List("groups");
        var tasks = workflow.List("tasks");
        if (groups.Count > 0 && tasks.Count > 0)
            findings.Error(workflow.Node["tasks"], "Cannot use both groups and tasks in the same workflow.");
        var unreadable = workflow.Node["groups"] is not (null or YamlNode.List)
            || workflow.Node["tasks"] is not (null or YamlNode.List);
        if (groups.Count == 0 && tasks.Count == 0 && !unreadable)
            findings.Error(workflow.Node, "Workflows need to have at least one group or one task.");
        var all = new List<ReadGroup>();
        for (var i = 0; i < groups.Count; i++)
            if (MapReader.Of(groups[i], Called("group", groups[i], i), findings) is { } reader)
                all.Add(Group(reader));
        for (var i = 0; i < tasks.Count; i++)
            if (MapReader.Of(tasks[i], Called("task", tasks[i], i), findings) is { } reader)
                all.Add(Bare(reader));
        return all;
    }

    private ReadGroup Group(MapReader reader)
    {
        var name = NameRule.Read(reader, findings);
        var barrier = reader.Flag("barrier", fallback: true);
        var ignore = reader.Flag("ignoreNonleadStatus", fallback: true);
        if (reader.Node["tasks"] is null)
            findings.Error(reader.Node, $"{reader.Where}: tasks is missing");
        var items = reader.List("tasks");
        if (reader.Node["tasks"] is YamlNode.List && items.Count == 0)
            findings.Error(reader.Node["tasks"], $"Group \"{name}\" needs to have at least one task.");
        var tasks = new List<GraphTask>();
        var nodes = new List<YamlNode.Map>();
        for (var i = 0; i < items.Count; i++)
        {
            if (MapReader.Of(items[i], Called("task", items[i], i), findings) is not { } task)
                continue;
            tasks.Add(_tasks.Read(task));
            nodes.Add(task.Node);
        }

        reader.Close(field => field == "name" ? null : GroupAdvice(field));
        var leads = tasks.Count(task => task.Lead);
        if (tasks.Count == 1)
            tasks[0] = tasks[0] with { Lead = true };
        else if (leads != 1 && items.Count == tasks.Count && tasks.Count > 1)
            findings.Error(
                reader.Node,
                $"Group \"{name}\" has {leads} leader(s) but must have exactly one.",
                "write `lead: true` on the task that decides how the group ends");
        var group = new GraphGroup { Name = name, Barrier = barrier, IgnoreNonleadStatus = ignore, Tasks = tasks };
        return new ReadGroup(group, reader.Node, nodes);
    }

    private ReadGroup Bare(MapReader reader)
    {
        var task = _tasks.Read(reader) with { Lead = true };
        var name = task.Name + NameRule.GroupSuffix;
        if (name.Length > NameRule.Limit && task.Name.Length <= NameRule.Limit)
            findings.Error(
                reader.Node["name"],
                $"Name {name} is too long. It must be {NameRule.Limit} characters or less.",
                $"a task outside of groups gets a group of its own called \"{name}\": "
                + $"its name may have {NameRule.Limit - NameRule.GroupSuffix.Length} characters");
        return new ReadGroup(new GraphGroup { Name = name, Tasks = [task] }, reader.Node, [reader.Node]);
    }

    private static string Called(string kind, YamlNode node, int index) =>
        node is YamlNode.Map map && map["name"] is { } name && PythonText.Of(name) is { Length: > 0 } text
            ? $"{kind} \"{NodeWords.Cut(text)}\""
            : $"{kind}s[{index}]";

    private static string? GroupAdvice(string field) => field is "image" or "command" or "environment" or "inputs"
        or "outputs" or "files" or "lead" or "resource"
        ? "this is a field of a task: put it under the group's tasks"
        : null;
}

/// <summary>A group as read, with its node and those of its tasks.</summary>
internal sealed record ReadGroup(GraphGroup Group, YamlNode.Map Node, IReadOnlyList<YamlNode.Map> TaskNodes);
