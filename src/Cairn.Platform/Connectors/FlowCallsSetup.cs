using Cairn.Engine.Secrets;
using Cairn.Graphs.Tasks;
using Cairn.Platform.Connectors.Runs;
using Cairn.Platform.Projects;
using Cairn.Platform.Secrets;
using Cairn.Platform.Stores;

namespace Cairn.Platform.Connectors;

/// <summary>What the performers of flows' calls stand on.</summary>
/// <param name="Project">Its stores, jobs, flows and `http:` settings.</param>
/// <param name="Stores">Where objects are.</param>
/// <param name="Vault">Opens and seals marked values.</param>
public sealed record FlowCallsSetup(Project Project, ObjectStores Stores, SecretVault Vault)
{
    /// <summary>Where runs are started and awaited; bound to the engine when that is open.</summary>
    public RunDesk Desk { get; init; } = new();

    /// <summary>Why a task can never run in its pool, or null.</summary>
    public Func<TaskOrder, string?> Misfit { get; init; } = static _ => null;

    /// <summary>The time.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Environment variables of this process by name: addresses of emulators.</summary>
    public Func<string, string?> Environment { get; init; } = static _ => null;

    /// <summary>The credentials of the secrets file; asked for when a call needs one.</summary>
    public Func<Credentials> Credentials { get; init; } = static () => new Credentials([]);
}
