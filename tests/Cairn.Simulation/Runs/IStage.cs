using Cairn.Engine.Effects;
using Cairn.Engine.Journals;
using Cairn.Engine.Programs;
using Cairn.Engine.Runs;
using Cairn.Engine.Shells;
using Cairn.Simulation.Performers;
using Cairn.Simulation.Worlds;

namespace Cairn.Simulation.Runs;

/// <summary>What is played: which programs, whose performers, which runs, and what must have become of them.</summary>
internal interface IStage
{
    /// <summary>The language of the runs.</summary>
    IProgramFamily Family { get; }

    /// <summary>The performers of one life of the engine's process.</summary>
    IReadOnlyList<IPerformer> Performers(World world, Life life, IJournal journal, Action<Intake> post);

    /// <summary>Puts down all that clients will do with the runs, whose uids are drawn by the playthrough.</summary>
    void Schedule(Client client, Func<RunUid> uid);

    /// <summary>The runs that were put down.</summary>
    IReadOnlyCollection<RunUid> Runs { get; }

    /// <summary>What is wrong with a run that has ended; null: nothing.</summary>
    string? Fault(RunHead run, IJournal journal);

    /// <summary>What still runs in the world after all runs have ended; null: nothing.</summary>
    string? Left(World world);
}
