using Cairn.Platform.Executors.Local.Places;
using Cairn.Platform.Executors.Local.Reuse;

namespace Cairn.Platform.Executors.Local.Attempts;

/// <summary>What every attempt on this machine shares.</summary>
internal sealed record Workplace
{
    /// <summary>Data in and out.</summary>
    public required TaskTransfers Transfers { get; init; }

    /// <summary>Equal tasks that ended before.</summary>
    public required EndedTasks Ended { get; init; }

    /// <summary>Credentials by name.</summary>
    public required CredentialLookup Credentials { get; init; }

    /// <summary>The clock: waits between TERM and KILL, and between checkpoints.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>The enclosures of this machine by kind.</summary>
    public required IReadOnlyDictionary<string, IEnclosure> Enclosures { get; init; }

    /// <summary>Most processes and threads of one task.</summary>
    public int ProcessLimit { get; init; } = 32_768;

    /// <summary>Follows logs while they are written.</summary>
    public required Logs.LogKeeper Logs { get; init; }

    /// <summary>The enclosure of a task: the one it was launched in, else the one for its image.</summary>
    public IEnclosure For(TaskPlace place) => Enclosures[place.Enclosure];
}
