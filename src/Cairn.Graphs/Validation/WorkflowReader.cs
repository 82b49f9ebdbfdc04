using Cairn.Graphs.Rendering;
using Cairn.Graphs.Spec;
using Cairn.Graphs.Yaml;

namespace Cairn.Graphs.Validation;

/// <summary>Reads the `workflow` mapping and runs all checks that need nothing but the file.</summary>
internal sealed class WorkflowReader(Findings findings)
{
    /// <summary>The graph, or null when anything was wrong; everything wrong is in the findings.</summary>
    public GraphSpec? Read(YamlNode node, GraphOptions options)
    {
        if (MapReader.Of(node, "workflow", findings) is not { } reader)
            return null;
        var name = NameRule.Read(reader, findings);
        var labels = LabelRule.Read(reader, findings);
        var pool = reader.Text("pool") ?? "";
        var (exec, queue) = Timeouts(reader);
        var resources = new ResourceReader(findings).Read(reader);
        var groups = new GroupReader(findings).Read(reader);
        if (reader.Find("backend") is { } backend)
            findings.Warn("field-ignored", backend, "workflow: backend has no effect", "the pool decides it");
        reader.Close(Advice);
        new GraphChecks(findings).Run(reader, resources, groups, options.MaxTasks);
        new GraphLint(findings).Run(groups, options.RetriesOf(pool));
        return findings.Failed
            ? null
            : new GraphSpec
            {
                Name = name,
                Labels = labels,
                Pool = pool,
                ExecTimeoutSeconds = exec,
                QueueTimeoutSeconds = queue,
                Resources = resources,
                Groups = groups.ConvertAll(group => group.Group),
            };
    }

    private (double? Exec, double? Queue) Timeouts(MapReader workflow)
    {
        if (workflow.Find("timeout") is not { } node || MapReader.Of(node, "timeout", findings) is not { } reader)
            return (null, null);
        var exec = Timeout(reader, "exec_timeout");
        var queue = Timeout(reader, "queue_timeout");
        reader.Close();
        return (exec, queue);
    }

    private double? Timeout(MapReader reader, string field) =>
        reader.Find(field) is { } node && node is not YamlNode.Null
            ? DurationRule.Read(field, node, findings, flags: true)
            : null;

    private static string? Advice(string field) => field switch
    {
        "exec_timeout" or "queue_timeout" => "put it under timeout: {" + field + ": 1h}",
        "task" => "did you mean \"tasks\"?",
        _ => null,
    };
}
