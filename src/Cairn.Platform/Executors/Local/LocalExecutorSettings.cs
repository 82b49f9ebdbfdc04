using Cairn.Platform.Executors.Local.Images;
using Cairn.Platform.Executors.Local.Logs;
using Cairn.Platform.Executors.Local.Pools;
using Cairn.Platform.Projects;

namespace Cairn.Platform.Executors.Local;

/// <summary>What the local executor needs to know.</summary>
public sealed record LocalExecutorSettings
{
    /// <summary>The state folder; tasks live in `tasks/` below it. Absolute.</summary>
    public required string Home { get; init; }

    /// <summary>The settings of a project.</summary>
    /// <param name="project">Its pools, images and state folder.</param>
    /// <param name="transfers">Data in and out.</param>
    /// <param name="credentials">Credentials by name.</param>
    public static LocalExecutorSettings Of(
        Project project, TaskTransfers transfers, CredentialLookup credentials) => new()
        {
            Home = project.StateFolder,
            Pools = project.Pools,
            Images = project.Images,
            Transfers = transfers,
            Credentials = credentials,
        };

    /// <summary>Pools of this machine; one of the whole machine when none is declared.</summary>
    public IReadOnlyList<ProjectPool> Pools { get; init; } =
        [new ProjectPool { Name = "local", IsDefault = true }];

    /// <summary>`images:` of cairn.yaml and the built-in list behind it, first match first, paths absolute.</summary>
    public IReadOnlyList<ProjectImage> Images { get; init; } = [];

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

    /// <summary>Looks at the disk of a folder: below a floor no task is started.</summary>
    public Func<string, DiskSpace> Disk { get; init; } = DiskSpace.Of;

    /// <summary>Whether networks are made as root.</summary>
    public bool IsRoot { get; init; } = Environment.IsPrivilegedProcess;

    /// <summary>How much of a task's output is kept.</summary>
    public LogLimits LogLimits { get; init; } = new();
}
