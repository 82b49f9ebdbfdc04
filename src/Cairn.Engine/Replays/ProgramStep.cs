using Cairn.Engine.Programs;
using Cairn.Engine.Runs;

namespace Cairn.Engine.Replays;

/// <summary>The one way in which a program takes an event: the same live and in a replay.</summary>
internal static class ProgramStep
{
    /// <summary>Steps between two looks at the other runs.</summary>
    public const int Fuel = 2_000;

    /// <summary>Takes a whole event at once, as a replay does.</summary>
    public static IReadOnlyList<Command> TakeWhole(IProgram program, RunEvent happened, Turn turn)
    {
        var offered = happened;
        while (program.Advance(offered, turn) == Advanced.OutOfFuel)
        {
            offered = RunEvent.Continued.Instance;
            turn.Refuel(Fuel);
        }

        return Commands(happened, turn);
    }

    /// <summary>
    /// What counts of the commands of a turn. A terminated program has only its last word: the state and the result
    /// that
    /// it ends with, if it does, as its language calls a run that was killed.
    /// </summary>
    public static IReadOnlyList<Command> Commands(RunEvent happened, Turn turn)
    {
        if (happened is not RunEvent.Arrived { Item.Kind: InboxKind.Terminate }) return turn.Commands;
        var last = turn.Commands.OfType<Command.Ended>().LastOrDefault();
        return [last is null ? Terminated : last with { Outcome = Outcome.Cancelled }];
    }

    /// <summary>The end of a run whose program has no word for it.</summary>
    public static Command.Ended Terminated { get; } = new("TERMINATED", Outcome.Cancelled, default);
}
