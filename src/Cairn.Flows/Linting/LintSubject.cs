using Cairn.Flows.Compiling;
using Cairn.Flows.Expressions;
using Cairn.Flows.Linting.Paths;
using Cairn.Flows.Sources;
using Cairn.Flows.Syntax;
using Place = Cairn.Flows.Sources.SourceSpan;

namespace Cairn.Flows.Linting;

/// <summary>
/// A flow under the eyes of the rules: its syntax, its paths, its expressions; and where findings go.
/// </summary>
internal sealed class LintSubject(FlowDocument document, SourceText source, string file, FlowOptions options)
{
    private readonly Dictionary<SourceNode, IReadOnlyList<LintRead>> _reads = new(ReferenceEqualityComparer.Instance);
    private readonly List<LintFinding> _findings = [];

    /// <summary>The routines and their steps.</summary>
    public FlowDocument Document => document;

    /// <summary>The paths through each routine.</summary>
    public IReadOnlyList<PathGraph> Graphs { get; } = [.. document.Routines.Select(PathBuilder.Build)];

    /// <summary>Whether T01 to T30 hold.</summary>
    public bool IsLenient => options.Lenient;

    /// <summary>What was found.</summary>
    public IReadOnlyList<LintFinding> Findings => _findings;

    /// <summary>Notes a finding at a place.</summary>
    public void Report(LintRule rule, Place at, string message, string? hint = null)
    {
        var place = source.PlaceOf(at);
        _findings.Add(new LintFinding(rule, message, file, place.Line, place.Column, hint));
    }

    /// <summary>All expressions inside a value, those of map keys too, in the order of the text.</summary>
    public IReadOnlyList<LintRead> Reads(SourceNode value)
    {
        if (_reads.TryGetValue(value, out var known)) return known;
        List<LintRead> found = [];
        Collect(value, found);
        return _reads[value] = found;
    }

    /// <summary>The same without their places.</summary>
    public IReadOnlyList<Expr> Expressions(SourceNode value) => [.. Reads(value).Select(read => read.Expression)];

    /// <summary>What an assignment's target reads: its root, and the expressions in its brackets.</summary>
    public IReadOnlyList<LintRead> TargetReads(SourceNode.Scalar target)
    {
        if (_reads.TryGetValue(target, out var known)) return known;
        var outcome = ExpressionParser.Parse(target.Text, IsLenient);
        return _reads[target] = outcome.Expression is { } read ? [new LintRead(read, target.Span)] : [];
    }

    /// <summary>An expression and all its parts, outermost first.</summary>
    public IEnumerable<Expr> WithParts(Expr expression) =>
        expression.Parts(IsLenient).Aggregate(
            Enumerable.Repeat(expression, 1), (all, part) => all.Concat(WithParts(part.Expression)));

    private void Collect(SourceNode value, List<LintRead> found)
    {
        switch (value)
        {
            case SourceNode.Scalar { IsText: true } scalar when EmbeddedExpression.Find(scalar.Text) is { } span:
                var outcome = ExpressionParser.Parse(
                    scalar.Text.Substring(span.Start, span.Length), IsLenient,
                    scalar.Style != ScalarStyle.DoubleQuoted);
                if (outcome.Expression is { } expression) found.Add(new LintRead(expression, scalar.Span));
                break;
            case SourceNode.List list:
                foreach (var item in list.Items) Collect(item, found);
                break;
            case SourceNode.Map map:
                foreach (var entry in map.Entries)
                {
                    Collect(entry.Key, found);
                    Collect(entry.Value, found);
                }

                break;
        }
    }
}

/// <summary>An expression and the scalar that it is in.</summary>
/// <param name="Expression">What is evaluated.</param>
/// <param name="At">Where its scalar stands.</param>
internal readonly record struct LintRead(Expr Expression, Place At);
