using Cairn.Engine.Journals;
using Cairn.Engine.Shells;
using Cairn.Simulation.Journals;
using Cairn.Simulation.Worlds;

namespace Cairn.Simulation.Runs;

/// <summary>
/// One life of the engine: its own shell over the journal that outlives it. Turns and commits are entries of the
/// agenda,
/// so that anything else, and the end of the process, comes between any two of them.
/// </summary>
internal sealed class EngineProcess
{
    private static readonly TimeSpan s_turn = TimeSpan.FromMicroseconds(20);
    private readonly Shell _shell;
    private readonly SimulatedJournal _journal;
    private readonly Agenda _agenda;
    private readonly Life _life;
    private long? _turnAt;

    public EngineProcess(SimulatedJournal journal, Shell shell, (Agenda Agenda, Life Life) time)
    {
        (_journal, _shell) = (journal, shell);
        (_agenda, _life) = time;
        _shell.Wake = () => TurnAfter(s_turn);
    }

    /// <summary>The process dies, whatever it is at; what it had asked of the world goes on.</summary>
    public required Action<string> Die { get; init; }

    /// <summary>What commits go to: the shell's journal, with a planted bug around it or none.</summary>
    public required IJournal Journal { get; init; }

    /// <summary>Takes up what the journal left open.</summary>
    public void Open()
    {
        _shell.Open();
        TurnAfter(s_turn);
    }

    /// <summary>Hands something in, as a client of this process does.</summary>
    public void Post(Intake intake) => _shell.Post(intake);

    private void TurnAfter(TimeSpan wait)
    {
        var at = _agenda.Now + wait.Ticks;
        if (_turnAt <= at) return;
        _turnAt = at;
        _agenda.At(at, () => TurnAt(at), _life);
    }

    private void TurnAt(long at)
    {
        // An earlier turn was put down since; it put down what follows it.
        if (_turnAt != at) return;
        _turnAt = null;
        var turn = _shell.Turn();
        if (_life.IsOver) return;
        if (_shell.TakeBatch() is { } batch) _agenda.After(_journal.CommitTime(), () => Commit(batch), _life);
        if (turn.More) TurnAfter(s_turn);
        else if (turn.Wait is { } wait) TurnAfter(wait > s_turn ? wait : s_turn);
    }

    private void Commit(Batch batch)
    {
        var moment = _journal.DrawCrash();
        if (moment == CrashMoment.BeforeCommit)
        {
            Die("before a commit");
            return;
        }

        var result = Journal.Commit(batch);
        if (moment == CrashMoment.AfterCommit)
        {
            Die("after a commit, before anything of it was handed out");
            return;
        }

        _shell.Committed(result);
        TurnAfter(s_turn);
    }
}
