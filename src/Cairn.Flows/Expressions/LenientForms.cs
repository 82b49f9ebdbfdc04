namespace Cairn.Flows.Expressions;

/// <summary>Accepts or refuses the forms that are not part of the language (spec/workflows.md 9.1).</summary>
internal sealed class LenientForms(bool isLenient)
{
    private readonly List<Leniency> _accepted = [];

    public bool IsLenient { get; } = isLenient;

    /// <summary>What was accepted, in the order of the text.</summary>
    public IReadOnlyList<Leniency> Accepted => _accepted;

    /// <summary>Records a form, or throws <see cref="FaultException"/> naming the flag that accepts it.</summary>
    public void Need(string rule, string what, string valid, SourceSpan span)
    {
        if (!IsLenient)
        {
            throw new FaultException(new ExpressionFault(
                $"{what} is not part of the language", span, $"{valid}; --lenient accepts it ({rule})"));
        }

        if (!_accepted.Exists(form => form.Rule == rule && form.Span == span))
            _accepted.Add(new Leniency(rule, $"{what} is not part of the language: {valid}", span));
    }
}
