using Cairn.Engine.Effects;
using Cairn.Engine.Programs;

namespace Cairn.Engine.Shells;

/// <summary>All that the shell has of a world; in the simulator every part is a seeded fake.</summary>
/// <param name="Time">Wall clock and monotonic clock.</param>
/// <param name="Seed">128 random bits for the next event.</param>
/// <param name="Families">The languages.</param>
/// <param name="Performers">Who makes attempts, by kind.</param>
public sealed record ShellWorld(
    TimeProvider Time,
    Func<UInt128> Seed,
    ProgramFamilies Families,
    IReadOnlyList<IPerformer> Performers)
{
    /// <summary>Takes committed changes: notes, states, ends. Called on the shell's thread; must not block.</summary>
    public Action<RunChange> Changed { get; init; } = static _ => { };

    /// <summary>Told why nothing is handed out any more (a full disk), and with null that it is again.</summary>
    public Action<string?> Troubled { get; init; } = static _ => { };
}
