namespace Cairn.Platform.Executors.Local;

/// <summary>A task that cannot be started on this machine; the message is for its user.</summary>
internal sealed class TaskStartException(string message) : Exception(message);
