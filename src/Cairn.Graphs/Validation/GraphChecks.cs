using Cairn.Graphs.Spec;
using Cairn.Graphs.Yaml;

namespace Cairn.Graphs.Validation;

/// <summary>Checks between groups, tasks and resources (spec/osmo.md 1.3, 1.6, 1.7, 1.11, 3.2).</summary>
internal sealed class GraphChecks(Findings findings)
{
    /// <summary>Runs all of them.</summary>
    public void Run(MapReader workflow, List<GraphResource> resources, List<ReadGroup> groups, int mostTasks)
    {
        DistinctNames(groups);
        DefinedResources(workflow, resources, groups);
        Order(groups);
        Topology(workflow, resources, groups);
        var count = groups.Sum(group => group.Group.Tasks.Count);
        if (count > mostTasks)
            findings.Limit(
                "many-tasks",
                workflow.Node["groups"] ?? workflow.Node["tasks"],
                $"Workflow cannot have more than {mostTasks} tasks.",
                $"it has {count}; that is the limit of the original, here it runs");
    }

    private void DistinctNames(List<ReadGroup> groups)
    {
        var seen = new SortedDictionary<string, YamlNode>(StringComparer.Ordinal);
        foreach (var read in groups)
        {
            Distinct(read.Group.Name, read.Node, seen);
            for (var i = 0; i < read.TaskNodes.Count; i++)
                Distinct(read.Group.Tasks[i].Name, read.TaskNodes[i], seen);
        }
    }

    private void Distinct(string name, YamlNode.Map node, SortedDictionary<string, YamlNode> seen)
    {
        var normalised = NameRule.Normalise(name);
        if (name is "" or NameRule.GroupSuffix || seen.TryAdd(normalised, node))
            return;
        findings.Error(
            node["name"] ?? node,
            $"Multiple tasks/groups have the same name: \"{normalised}\".",
            "names are compared in lower case, with _ as -; a task outside of groups also takes the name NAME-group");
    }

    private void DefinedResources(MapReader workflow, List<GraphResource> resources, List<ReadGroup> groups)
    {
        if (workflow.Node["resources"] is not (null or YamlNode.Map))
            return;
        foreach (var read in groups)
        {
            for (var i = 0; i < read.TaskNodes.Count; i++)
            {
                var task = read.Group.Tasks[i];
                if (resources.Exists(resource => resource.Name == task.Resource))
                    continue;
                var node = read.TaskNodes[i];
                if (node["resource"] is { } named)
                    findings.Error(
                        named,
                        $"Requesting undefined resource {task.Resource}.",
                        Suggestion(task, resources));
                else
                    findings.Error(
                        node,
                        $"Task {task.Name} has no specified resource. "
                        + "Specify a default resource in the resources section.");
            }
        }
    }

    private static string Suggestion(GraphTask task, List<GraphResource> resources) =>
        $"task \"{task.Name}\" can ask for: {string.Join(", ", resources.Select(resource => resource.Name))}";

    private void Order(List<ReadGroup> groups)
    {
        var owners = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var g = 0; g < groups.Count; g++)
            foreach (var task in groups[g].Group.Tasks)
                owners.TryAdd(task.Name, g);
        for (var g = 0; g < groups.Count; g++)
            for (var t = 0; t < groups[g].TaskNodes.Count; t++)
                Inputs(groups, owners, g, t);
    }

    private void Inputs(List<ReadGroup> groups, SortedDictionary<string, int> owners, int g, int t)
    {
        var task = groups[g].Group.Tasks[t];
        foreach (var input in task.Inputs)
        {
            if (input.Task is not { } upstream || input.Workflow is not null || !NameRule.IsName(upstream))
                continue;
            var at = groups[g].TaskNodes[t]["inputs"];
            var line = (at as YamlNode.List)?.Items.OfType<YamlNode.Map>()
                .FirstOrDefault(item => item["task"] is { } named && PythonText.Of(named) == upstream) ?? at;
            if (!owners.TryGetValue(upstream, out var owner))
                findings.Error(line, $"Task input {upstream} does not exist.", Known(upstream, owners.Keys));
            else if (owner >= g)
                findings.Error(
                    line,
                    $"Group \"{groups[g].Group.Name}\" requires input group \"{groups[owner].Group.Name}\" "
                    + "exists before itself.",
                    owner == g ? "tasks of one group start together and cannot wait for each other"
                        : "list a group after the groups whose outputs it reads");
        }
    }

    private static string? Known(string name, IEnumerable<string> known) =>
        Nearest.Of(name, known) is { } near ? $"did you mean \"{near}\"?" : null;

    private void Topology(MapReader workflow, List<GraphResource> resources, List<ReadGroup> groups)
    {
        var sets = groups.SelectMany(read => read.Group.Tasks)
            .Select(task => resources.Find(resource => resource.Name == task.Resource))
            .Select(resource => (resource?.Topology ?? []).Select(item => item.Key))
            .Select(keys => string.Join(",", keys.Order(StringComparer.Ordinal).Distinct(StringComparer.Ordinal)))
            .Where(keys => keys.Length > 0)
            .Distinct()
            .Count();
        if (sets > 1)
            findings.Error(
                workflow.Node["resources"],
                "Topology validation failed: All tasks must use the same topology keys.",
                "give every resource that has a topology the same keys");
    }
}
