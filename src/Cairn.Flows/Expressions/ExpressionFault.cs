namespace Cairn.Flows.Expressions;

/// <summary>Why an expression is refused, as a value.</summary>
/// <param name="Message">What was expected and what came.</param>
/// <param name="Span">Where, in the text of the expression.</param>
/// <param name="Hint">What to do, where that is known.</param>
public sealed record ExpressionFault(string Message, SourceSpan Span, string? Hint = null)
{
    /// <summary>
    /// The line of the text that the fault is on, and below it `^` or `^~~` under its characters. Long lines are cut.
    /// </summary>
    public string Caret(string text)
    {
        const int width = 100;
        var at = Math.Min(Span.Start, text.Length);
        var start = at == 0 ? 0 : text.LastIndexOf('\n', at - 1) + 1;
        var end = text.IndexOf('\n', at) is var found and >= 0 ? found : text.Length;
        var from = at - start > width ? at - (width / 2) : start;
        var to = Math.Min(end, from + width);
        var line = text[from..to].TrimEnd('\r').Replace('\t', ' ');
        var tail = Math.Clamp(Math.Min(Span.End, to) - at - 1, 0, width);
        return $"{line}\n{new string(' ', at - from)}^{new string('~', tail)}";
    }
}

/// <summary>A construct that only leniency accepts (spec/workflows.md 9.1).</summary>
/// <param name="Rule">`T03`.</param>
/// <param name="Message">What stands there, and the valid form.</param>
/// <param name="Span">Where.</param>
public sealed record Leniency(string Rule, string Message, SourceSpan Span);

/// <summary>Ends a parse; never leaves <see cref="ExpressionParser"/>.</summary>
internal sealed class FaultException(ExpressionFault fault) : Exception(fault.Message)
{
    public ExpressionFault Fault { get; } = fault;
}
