namespace Cairn.Flows.Tests.Expressions;

/// <summary>An error of the naive evaluator: the tag is its message.</summary>
internal sealed class NaiveError(string tag) : Exception(tag);
