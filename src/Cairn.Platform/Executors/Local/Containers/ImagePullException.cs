namespace Cairn.Platform.Executors.Local.Containers;

/// <summary>An image that could not be had; the message is for the task's user.</summary>
internal sealed class ImagePullException(string message) : Exception(message);
