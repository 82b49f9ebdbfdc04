using Cairn.Platform.Executors.Local.Images;
using Cairn.Platform.Executors.Local.Logs;
using Cairn.Platform.Executors.Local.Pools;

namespace Cairn.Platform.Executors.Local;

/// <summary>What the local executor needs to know.</summary>
public sealed record LocalExecutorSettings
{
    /// <summary>The state folder; tasks live in `tasks/` below it. Absolute.</summary>
    public required string Home { get; init; }

    /// <summary>Pools of this machine; one of the whole machine when none is declared.</summary>
    public IReadOnlyList<LocalPool> Pools { get; init; } = [new LocalPool { Default = true }];

    /// <summary>`images:` of cairn.yaml, first match first, paths absolute.</summary>
    public IReadOnlyList<ImageEntry> Images { get; init; } = [];

    /// <summary>Data in and out.</summary>
    public required TaskTransfers Transfers { get; init; }

    /// <summary>Credentials; none by default.</summary>
    public CredentialLookup Credentials { get; init; } = _ => null;

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The programs to use; found on PATH by default.</summary>
    public Tools Tools { get; init; } = Tools.Find();

    /// <summary>What the machine has; looked up by default.</summary>
    public MachineCapacity Machine { get; init; } = MachineCapacity.Find();

    /// <summary>How much of a task's output is kept.</summary>
    public LogLimits LogLimits { get; init; } = new();
}
