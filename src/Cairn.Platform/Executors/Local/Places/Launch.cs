namespace Cairn.Platform.Executors.Local.Places;

/// <summary>One start of a task's command.</summary>
/// <param name="Serial">The message that caused it, or 0.</param>
/// <param name="Boot">The boot of the machine in which it started.</param>
/// <param name="StartedUtc">When.</param>
internal readonly record struct Launch(int Serial, string Boot, DateTime StartedUtc);
