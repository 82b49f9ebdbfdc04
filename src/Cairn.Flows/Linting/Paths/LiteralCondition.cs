using Cairn.Flows.Expressions;
using Cairn.Flows.Sources;

namespace Cairn.Flows.Linting.Paths;

/// <summary>Conditions whose value stands in the source.</summary>
internal static class LiteralCondition
{
    /// <summary>Whether it always holds.</summary>
    public static bool IsTrue(SourceNode condition) => Text(condition) is "true" or "True" or "TRUE";

    /// <summary>Whether it never holds.</summary>
    public static bool IsFalse(SourceNode condition) => Text(condition) is "false" or "False" or "FALSE";

    private static string Text(SourceNode condition)
    {
        if (condition is not SourceNode.Scalar scalar) return "";
        if (EmbeddedExpression.Find(scalar.Text) is { } span)
            return scalar.Text.Substring(span.Start, span.Length).Trim();
        return scalar.IsText ? "" : scalar.Text;
    }
}
