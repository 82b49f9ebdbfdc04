namespace Cairn.Flows.Expressions;

/// <summary>A part of the text of an expression, in UTF-16 units from its first character after `${`.</summary>
public readonly record struct SourceSpan(int Start, int Length)
{
    /// <summary>The first position behind it.</summary>
    public int End => Start + Length;

    /// <summary>The smallest span that holds both.</summary>
    public SourceSpan To(SourceSpan other) => new(Start, other.End - Start);
}
