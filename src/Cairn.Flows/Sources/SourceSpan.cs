namespace Cairn.Flows.Sources;

/// <summary>A stretch of a flow's source, in UTF-16 units of the original text.</summary>
/// <param name="Offset">Where it begins, from 0.</param>
/// <param name="Length">How long it is.</param>
public readonly record struct SourceSpan(int Offset, int Length)
{
    /// <summary>Just behind it.</summary>
    public int End => Offset + Length;
}
