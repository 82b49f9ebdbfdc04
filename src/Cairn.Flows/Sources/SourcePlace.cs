namespace Cairn.Flows.Sources;

/// <summary>A stretch of a flow's source as people count.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Length">In UTF-16 units.</param>
public readonly record struct SourcePlace(int Line, int Column, int Length);
