using System.Globalization;
using System.Text.RegularExpressions;
using Cairn.Graphs.Spec;
using Cairn.Graphs.Yaml;

namespace Cairn.Graphs.Validation;

/// <summary>What a graph may say although it does nothing, or not what its author thinks (spec/osmo.md 10).</summary>
internal sealed partial class GraphLint(Findings findings)
{
    /// <summary>Looks at all tasks; <paramref name="mostRetries"/> is the pool's limit.</summary>
    public void Run(List<ReadGroup> groups, int mostRetries)
    {
        foreach (var read in groups)
        {
            for (var i = 0; i < read.TaskNodes.Count; i++)
            {
                var task = read.Group.Tasks[i];
                if (mostRetries == 0 && task.ExitActions.Any(action => action.Verb == ExitVerb.RESCHEDULE))
                    findings.Warn(
                        "reschedule-without-retries",
                        read.TaskNodes[i]["exitActions"],
                        $"task \"{task.Name}\": RESCHEDULE does nothing while the pool's max_retry_per_task is 0",
                        "set max_retry_per_task on the pool");
                Tokens(read.Group, task, read.TaskNodes[i]);
            }
        }
    }

    private void Tokens(GraphGroup group, GraphTask task, YamlNode.Map node)
    {
        var said = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var text in Texts(task))
        {
            if (!text.Contains("{{", StringComparison.Ordinal))
                continue;
            foreach (Match token in Token().Matches(text))
            {
                var why = Unknown(group, task, token.Groups[1].Value, token.Groups[2].Value);
                if (why is not null && said.Add(token.Value))
                    findings.Warn(
                        "token-unknown", node, $"task \"{task.Name}\": {token.Value} stays as it is: {why}");
            }
        }
    }

    private static string? Unknown(GraphGroup group, GraphTask task, string kind, string name)
    {
        if (kind == "host")
            return group.Tasks.Any(member => member.Name == name) ? null : "its group has no such task";
        var isIndex = int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index);
        var known = isIndex ? index < task.Inputs.Count : task.Inputs.Any(input => input.Task == name);
        return known ? null : $"the task has {task.Inputs.Count} input(s), and this is none of them";
    }

    private static IEnumerable<string> Texts(GraphTask task) =>
    [
        .. task.Command, .. task.Args, .. task.Environment.Select(pair => pair.Value),
        .. task.Files.Select(file => file.Contents), .. task.Inputs.Select(input => input.Url ?? ""),
        .. task.Outputs.Select(output => output.Url), .. task.Checkpoints.Select(checkpoint => checkpoint.Path),
    ];

    [GeneratedRegex(@"\{\{ *(host|input):([^}]*?) *\}\}")]
    private static partial Regex Token();
}
