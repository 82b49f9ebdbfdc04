using Cairn.Engine.Effects;
using Cairn.Engine.Journals;
using Cairn.Engine.Programs;

namespace Cairn.Simulation.PlantedBugs;

/// <summary>
/// A mistake put around the engine, never into it: the journal, the performers or the programs that it sees misbehave
/// as an engine with the mistake would. A simulation that does not find it proves nothing.
/// </summary>
internal sealed record Planted(string Name)
{
    /// <summary>No mistake.</summary>
    public static Planted Nothing { get; } = new("nothing");

    /// <summary>What the engine gets instead of its journal; called once for each life of the process.</summary>
    public Func<IJournal, IJournal> Journal { get; init; } = static journal => journal;

    /// <summary>What the engine gets instead of a performer.</summary>
    public Func<IPerformer, IPerformer> Performer { get; init; } = static performer => performer;

    /// <summary>What the engine gets instead of the family of scripts.</summary>
    public Func<IProgramFamily, IProgramFamily> Family { get; init; } = static family => family;

    /// <summary>A process that was taken for dead goes on beside its successor.</summary>
    public bool ReplacedOwnerGoesOn { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
