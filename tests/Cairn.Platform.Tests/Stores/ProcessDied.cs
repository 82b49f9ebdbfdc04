namespace Cairn.Platform.Tests.Stores;

/// <summary>What stands for the end of the process.</summary>
internal sealed class ProcessDied : Exception;
