using Cairn.Flows.Expressions;
using Cairn.Flows.Program;
using Cairn.Flows.Sources;
using Cairn.Flows.Syntax;

namespace Cairn.Flows.Compiling;

/// <summary>Checks and compiles retry policies (spec/workflows.md 4.5).</summary>
internal sealed class RetryCompiler(CallTable calls, ValueCompiler values, Findings findings)
{
    private static readonly string[] _fields = ["predicate", "max_retries", "backoff"];
    private static readonly string[] _waits = ["initial_delay", "max_delay", "multiplier"];

    /// <summary>A policy: a map, or an expression of one such as `${http.default_retry}`.</summary>
    public RetryCode Compile(SourceNode node, CodePoint at)
    {
        if (values.Waits(node))
            findings.Error(
                node.Span, $"{at.Where}: 'retry' cannot wait for a call", "assign its value in a step before");
        switch (node)
        {
            case SourceNode.Map map:
                Fields(map, "retry", _fields, at);
                if (map["backoff"] is SourceNode.Map waits)
                    Fields(waits, "backoff", _waits, at);
                if (map["predicate"] is { } predicate)
                    Predicate(predicate, at);
                break;
            case SourceNode.Scalar { IsText: true } scalar when EmbeddedExpression.Find(scalar.Text) is not null:
                break;
            default:
                findings.Error(
                    node.Span, $"{at.Where}: 'retry' is a map or an expression of one, found {node.Told}",
                    "retry: ${http.default_retry}");
                break;
        }

        return new RetryCode(
            values.Compile(node, at, allowsFunctions: true), calls.Routines, findings.IsLenient);
    }

    private void Fields(SourceNode.Map map, string owner, string[] known, CodePoint at)
    {
        foreach (var entry in map.Entries)
            if (Array.IndexOf(known, entry.Key.Text) < 0)
                findings.Error(
                    entry.Key.Span, $"{at.Where}: unexpected entry '{entry.Key.Text}' in '{owner}'",
                    Nearest.Of(entry.Key.Text, known) is { } near
                        ? $"did you mean '{near}'?"
                        : $"known here: {string.Join(", ", known)}");
        foreach (var field in known)
            if (map[field] is null)
                findings.Error(map.Span, $"{at.Where}: '{field}' is missing in '{owner}'");
    }

    private void Predicate(SourceNode node, CodePoint at)
    {
        if (node is not SourceNode.Scalar { IsText: true } scalar
            || EmbeddedExpression.Find(scalar.Text) is not { } span)
        {
            findings.Error(
                node.Span, $"{at.Where}: 'predicate' is a function in ${{}}, found {node.Told}",
                "predicate: ${http.default_retry_predicate}");
            return;
        }

        var name = scalar.Text.Substring(span.Start, span.Length).Trim();
        if (calls.IsRoutine(name) && calls.Routines[name].Parameters.Count != 1)
            findings.Error(
                node.Span, $"{at.Where}: the predicate '{name}' takes one parameter, the error; it has "
                + $"{calls.Routines[name].Parameters.Count}");
    }
}
