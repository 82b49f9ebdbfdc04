using Cairn.Graphs.Sections;
using Cairn.Graphs.Spec;
using Cairn.Graphs.Tasks;
using Cairn.Graphs.Validation;

namespace Cairn.Graphs.Rendering;

/// <summary>From a graph file and its values to the graph as it would run, or to all that is wrong with it.</summary>
public static class GraphCompiler
{
    /// <summary>
    /// Renders both passes, inlines `localpath` files, validates. Decides all that the file and its values alone can
    /// decide; never throws on bad input.
    /// </summary>
    public static GraphOutcome Render(GraphSource source, GraphValues values, GraphOptions options)
    {
        var findings = new Findings(source.File, options.Strict);
        var inputs = SubmitValues.Read(values, findings);
        var first = new FirstPass(source, findings).Run(inputs.Variables);
        var spec = first is null ? null : Compile(source, first, inputs, options, findings);
        return new GraphOutcome(findings.Failed ? null : spec, findings.Errors, findings.Warnings)
        {
            Rendered = first?.Workflow,
        };
    }

    private static GraphSpec? Compile(
        GraphSource source, FirstRendering first, SubmitValues inputs, GraphOptions options, Findings findings)
    {
        var files = new LocalFiles(source, findings);
        var inlined = files.Inline(first.Workflow);
        inputs.WarnUnused([source.Text, .. files.Texts], findings);
        var rendered = new SecondPass(findings, first.Defaults).Run(inlined, inputs.Variables);
        var spec = new WorkflowReader(findings).Read(rendered, options);
        return spec is null ? null : WithEnvironment(spec, inputs.Environment);
    }

    /// <summary>`--set-env` is merged over each task's environment after validation (spec/osmo.md 2.4).</summary>
    private static GraphSpec WithEnvironment(GraphSpec spec, IReadOnlyList<NameValue> variables) => variables.Count == 0
        ? spec
        : spec with
        {
            Groups = spec.Groups.Select(group => group with
            {
                Tasks = group.Tasks.Select(task => task with
                {
                    Environment = Merged(task.Environment, variables),
                }).ToList(),
            }).ToList(),
        };

    private static List<NameValue> Merged(IReadOnlyList<NameValue> own, IReadOnlyList<NameValue> given)
    {
        var merged = own.ToList();
        foreach (var variable in given)
        {
            var place = merged.FindIndex(existing => existing.Name == variable.Name);
            if (place < 0)
                merged.Add(variable);
            else
                merged[place] = variable;
        }

        return merged;
    }
}
