namespace Cairn.Engine.Records;

/// <summary>The journal holds something that it cannot hold if every commit is there as it was written.</summary>
public sealed class JournalDamagedException(string message) : Exception(message);
