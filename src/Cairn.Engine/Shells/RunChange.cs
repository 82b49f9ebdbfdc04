using Cairn.Engine.Records;
using Cairn.Engine.Runs;

namespace Cairn.Engine.Shells;

/// <summary>One committed record of a run, for those who watch it. What is seen here is durable.</summary>
/// <param name="Run">The run's head after it.</param>
/// <param name="Record">What happened and what was asked.</param>
public sealed record RunChange(RunHead Run, Record Record);
