using Cairn.Flows.Library;
using Cairn.Flows.Linting.Paths;
using Cairn.Flows.Sources;

namespace Cairn.Flows.Linting.Rules;

/// <summary>
/// Calls of what neither the library nor the flow has. Connectors are left to validation, which knows the mapped ones.
/// </summary>
internal static class UnknownFunctions
{
    public static void Check(LintSubject subject)
    {
        foreach (var graph in subject.Graphs)
            foreach (var node in graph.Nodes)
            {
                if (node.Call is { } call) Check(call.Function.Text, call.Function.Span, node, graph, subject);
                foreach (var value in node.Reads)
                    foreach (var read in subject.Reads(value))
                        foreach (var site in read.Expression.Calls(subject.IsLenient))
                            Check(site.Call.Function, read.At, node, graph, subject);
            }
    }

    private static void Check(string function, SourceSpan at, PathNode node, PathGraph graph, LintSubject subject)
    {
        if (function.StartsWith("googleapis.", StringComparison.Ordinal) || FlowLibrary.IsUnmapped(function)) return;
        if (subject.Document.Routines.Any(routine => routine.Name == function)) return;
        if (FlowLibrary.Find(function) is not { } known)
            subject.Report(
                LintRule.UnknownFunction, at,
                $"in workflow '{graph.Routine.Name}', step '{node.Step?.Name}': there is no function '{function}'");
        else if (known.IsLenient && !subject.IsLenient)
            subject.Report(
                LintRule.UnknownFunction, at,
                $"in workflow '{graph.Routine.Name}', step '{node.Step?.Name}': there is no function '{function}' in "
                + "the language", "--lenient accepts it (T09)");
    }
}
