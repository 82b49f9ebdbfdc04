namespace Cairn.Conformance.Tables;

/// <summary>Variables of a row: `name: JSON` entries, and the line at which the expression then stands.</summary>
internal sealed record Variables(IReadOnlyList<string> Assignments)
{
    /// <summary>The line of the expression in <see cref="SmallFlow.Returning"/>.</summary>
    public int Line => 6;
}
