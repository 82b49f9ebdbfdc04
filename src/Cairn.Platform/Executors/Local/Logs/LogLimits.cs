namespace Cairn.Platform.Executors.Local.Logs;

/// <summary>How much of a task's output is kept: its head and its tail; what lies between is given back to the
/// disk.</summary>
/// <param name="MaximumBytes">Kept at most.</param>
/// <param name="HeadBytes">Of these, kept from the beginning.</param>
public sealed record LogLimits(long MaximumBytes = 1L << 30, long HeadBytes = 64L << 20);
