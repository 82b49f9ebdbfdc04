using Cairn.Flows.Values;

namespace Cairn.Flows.Expressions.Nodes;

/// <summary>
/// A chain `a + "/" + b + c` in which the second part, or the first, is a text for certain: every sum is one then, and
/// only the last must be made. Parts are evaluated, and errors raised, as the sums one after the other would.
/// </summary>
/// <param name="parts">Three or more.</param>
/// <param name="spans">The sums that end with each part; that of the first is not used.</param>
internal sealed class ConcatNode(Node[] parts, SourceSpan[] spans) : Node(spans[^1])
{
    public override FlowValue Evaluate(Evaluation evaluation)
    {
        var texts = new string[parts.Length];
        var first = parts[0].Evaluate(evaluation);
        var second = parts[1].Evaluate(evaluation);
        texts[0] = TextOf(first, first, second, 1, evaluation);
        texts[1] = TextOf(second, first, second, 1, evaluation);
        string? secrets = null;
        Mark(first, ref secrets);
        Mark(second, ref secrets);
        for (var i = 2; i < parts.Length; i++)
        {
            var part = parts[i].Evaluate(evaluation);
            texts[i] = TextOf(part, FlowValue.Of(""), part, i, evaluation);
            Mark(part, ref secrets);
        }

        var text = Join(texts, evaluation);
        return secrets is null ? FlowValue.Of(text) : FlowValue.Of(text).WithSecret(secrets);
    }

    private string Join(string[] texts, Evaluation evaluation)
    {
        long length = 0;
        foreach (var text in texts)
            length += text.Length;
        if (length <= 256)
            return string.Concat(texts);
        try
        {
            FlowBounds.CheckLength(length);
            evaluation.Spend(length);
            return string.Concat(texts);
        }
        catch (FlowError error)
        {
            throw error.At(Span);
        }
    }

    private string TextOf(FlowValue part, FlowValue left, FlowValue right, int at, Evaluation evaluation) =>
        part.PlainText ?? Arithmetic.TextOf(part.Plain, evaluation)
        ?? throw Arithmetic.Undefined(BinaryOperator.Add, left, right).At(spans[at]);

    private static void Mark(FlowValue part, ref string? secrets)
    {
        if (part.IsTagged && part.Secret is { } name)
            secrets = SecretMarks.Join(secrets, name);
    }
}
