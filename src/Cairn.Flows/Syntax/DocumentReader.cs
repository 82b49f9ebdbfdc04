using Cairn.Flows.Compiling;
using Cairn.Flows.Sources;

namespace Cairn.Flows.Syntax;

/// <summary>From nodes to routines (spec/workflows.md 1.1). What is wrong becomes findings; the rest is read.</summary>
internal sealed class DocumentReader(Findings findings)
{
    private const int ParameterCeiling = 10;

    /// <summary>The document; null when there is no `main` to begin with.</summary>
    public FlowDocument? Read(SourceNode root)
    {
        switch (root)
        {
            case SourceNode.List list:
                var steps = new StepReader(findings, Routine.MainName).Steps(list, "the flow");
                return new FlowDocument([new Routine(Routine.MainName, list.Span, [], steps)]);
            case SourceNode.Map map:
                return Read(map);
            default:
                findings.Error(
                    root.Span, $"a flow is a list of steps or a map of routines, found {root.Told}",
                    "main:\n  steps: […]");
                return null;
        }
    }

    private FlowDocument? Read(SourceNode.Map map)
    {
        var routines = new List<Routine>();
        foreach (var entry in map.Entries)
            if (RoutineOf(entry) is { } routine)
                routines.Add(routine);
        if (routines.Exists(routine => routine.Name == Routine.MainName))
            return new FlowDocument(routines);
        if (!findings.Failed)
            findings.Error(
                map.Span, "there is no routine 'main'",
                map["steps"] is not null ? "put 'main:' above params and steps" : "a run begins at 'main'");
        return null;
    }

    private Routine? RoutineOf(SourceEntry entry)
    {
        var name = entry.Key.Text;
        var where = $"in workflow '{name}'";
        if (entry.Value is not SourceNode.Map map)
        {
            findings.Error(
                entry.Key.Span, $"{where}: a routine is a map with 'params' and 'steps', found {entry.Value.Told}");
            return null;
        }

        List<Parameter> parameters = [];
        SourceNode? steps = null;
        foreach (var field in map.Entries)
        {
            switch (field.Key.Text)
            {
                case "params":
                    parameters = Parameters(field.Value, where);
                    break;
                case "steps":
                    steps = field.Value;
                    break;
                default:
                    findings.Error(
                        field.Key.Span, $"{where}: unexpected entry '{field.Key.Text}'",
                        "a routine has 'params' and 'steps'");
                    break;
            }
        }

        if (steps is null)
        {
            findings.Error(entry.Key.Span, $"{where}: 'steps' is missing", "a routine has at least one step");
            return null;
        }

        if (name == Routine.MainName && parameters.Count > 1)
            findings.Error(
                parameters[1].Span, $"{where}: 'main' takes one parameter, found {parameters.Count}",
                "pass one map as argument");
        return new Routine(
            name, entry.Key.Span, parameters, new StepReader(findings, name).Steps(steps, where + ": 'steps'"));
    }

    private List<Parameter> Parameters(SourceNode node, string where)
    {
        var parameters = new List<Parameter>();
        if (node is not SourceNode.List list)
        {
            findings.Error(node.Span, $"{where}: 'params' is a list of names, found {node.Told}");
            return parameters;
        }

        foreach (var item in list.Items)
            if (ParameterOf(item, where) is { } parameter)
            {
                if (parameters.Exists(other => other.Name == parameter.Name))
                    findings.Error(parameter.Span, $"{where}: the parameter '{parameter.Name}' stands twice");
                parameters.Add(parameter);
            }

        if (parameters.Count > ParameterCeiling)
            findings.Limit(
                "params", list.Span,
                $"{where}: {parameters.Count} parameters, the original takes at most {ParameterCeiling}",
                "pass one map");
        return parameters;
    }

    private Parameter? ParameterOf(SourceNode item, string where)
    {
        switch (item)
        {
            case SourceNode.Scalar { IsText: true } name when Names.IsVariable(name.Text):
                return new Parameter(name.Text, name.Span, null);
            case SourceNode.Map { Entries: [var entry] } when Names.IsVariable(entry.Key.Text):
                return new Parameter(entry.Key.Text, entry.Key.Span, entry.Value);
            default:
                findings.Error(
                    item.Span, $"{where}: a parameter is a name or one 'name: default', found {item.Told}",
                    Names.Rule);
                return null;
        }
    }
}
