using Cairn.Engine.Effects;
using Cairn.Engine.Journals;
using Cairn.Engine.Programs;
using Cairn.Engine.Retentions;
using Cairn.Engine.Shells;

namespace Cairn.Engine.Hosting;

/// <summary>What a process brings to open an engine.</summary>
/// <param name="Home">The state folder.</param>
/// <param name="Families">The languages.</param>
/// <param name="Performers">Who makes attempts; opened only when this process becomes the owner.</param>
public sealed record EngineSetup(
    string Home, IReadOnlyList<IProgramFamily> Families, IReadOnlyList<IPerformer> Performers)
{
    /// <summary>Wall clock and monotonic clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The shell's limits.</summary>
    public ShellOptions Shell { get; init; } = new();

    /// <summary>How long ended runs stay; the owner looks at the start and every hour.</summary>
    public Retention Retention { get; init; } = new();

    /// <summary>
    /// Called after runs were deleted for their age or for room: whoever keeps files of runs removes those of runs that
    /// the journal does not know any more.
    /// </summary>
    public Action<IJournal> Pruned { get; init; } = static _ => { };

    /// <summary>Looks only: never takes the folder over, and nothing can be submitted or sent.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Goes on although acknowledged commits are lost.</summary>
    public bool AcceptLoss { get; init; }

    /// <summary>
    /// A word to the user: going on with open runs, taking over, a full disk. Called from the engine's threads.
    /// </summary>
    public Action<string> Say { get; init; } = static _ => { };

    /// <summary>Takes committed changes when this process is the owner; must not block.</summary>
    public Action<RunChange> Changed { get; init; } = static _ => { };
}
