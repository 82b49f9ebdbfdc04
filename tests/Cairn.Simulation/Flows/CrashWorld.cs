using Cairn.Engine.Effects;
using Cairn.Engine.Journals;
using Cairn.Engine.Programs;
using Cairn.Engine.Replays;
using Cairn.Engine.Runs;
using Cairn.Engine.Shells;
using Cairn.Flows.Library;
using Cairn.Flows.Program;

namespace Cairn.Simulation.Flows;

/// <summary>
/// One flow run in the engine's own shell over a journal in memory, in virtual time, through at most one death of the
/// process. With small snapshots every event leaves one, so that each new life begins from a snapshot; with large ones
/// it begins from the first record.
/// </summary>
internal sealed class CrashWorld(byte[] definition, bool hasSnapshots) : IDisposable
{
    private const int StepLimit = 20_000;
    private static readonly RunUid _uid = new(0x0123456789abcdef);
    private readonly MemoryJournal _journal = new();
    private readonly FlowFamily _family = new();
    private readonly StillClock _clock = new();
    private readonly ShellOptions _options = new() { SnapshotBytes = hasSnapshots ? 1 : 1 << 30 };
    private Queue<Action> _answers = new();
    private ulong _seed;

    public void Dispose() => _journal.Dispose();

    /// <summary>What the flow called.</summary>
    public Outside Outside { get; } = new();

    /// <summary>Commits so far.</summary>
    public int Commits { get; private set; }

    /// <summary>The records of the run.</summary>
    public IReadOnlyList<Command> Commands =>
        [.. RunRecords.Of(_journal, _journal.Find(_uid.ToString())!).SelectMany(record => record.Commands)];

    /// <summary>Whether the run's record says that an ambiguous call's answer was lost.</summary>
    public bool SaysUnknown => RunRecords.Of(_journal, _journal.Find(_uid.ToString())!).Any(record =>
        record.Event is Engine.Records.JournalEvent.Happened
        {
            Event: RunEvent.Reported { Report: Report.Ended { Ending: Ending.Unknown } },
        });

    /// <summary>How the replay of the whole journal differs from it; null: it does not.</summary>
    public string? Divergence =>
        new RunLoader(_journal, new ProgramFamilies([_family])).Load(_journal.Find(_uid.ToString())!).Divergence;

    /// <summary>Runs the flow to its end.</summary>
    public RunHead Run(KillPoint? kill)
    {
        var shell = Begin();
        for (var step = 0; step < StepLimit; step++)
        {
            var turn = shell.Turn();
            if (shell.TakeBatch() is { } batch)
            {
                if (Commit(shell, batch, kill)) continue;
                (shell, kill) = (Begin(), null);
                continue;
            }

            if (turn.More) continue;
            if (_answers.TryDequeue(out var answer))
            {
                answer();
                continue;
            }

            var head = _journal.Find(_uid.ToString())!;
            if (!head.IsOpen) return head;
            Assert.True(head.Parked == Parked.No, $"parked: {head.ParkMessage}");
            Assert.True(turn.Wait is not null, "the run waits for nothing that could happen");
            _clock.Advance(turn.Wait!.Value);
        }

        throw new InvalidOperationException("the run does not come to an end");
    }

    /// <summary>False: the process died at this commit.</summary>
    private bool Commit(Shell shell, Batch batch, KillPoint? kill)
    {
        Commits++;
        var isHere = kill?.Commit == Commits;
        if (isHere && kill!.Value.Moment == KillMoment.BeforeCommit) return false;
        var result = _journal.Commit(batch);
        if (isHere && kill!.Value.Moment == KillMoment.AfterCommit) return false;
        shell.Committed(result);
        if (!isHere) return true;
        while (shell.Turn().More)
        {
        }

        return false;
    }

    private Shell Begin()
    {
        _answers = new Queue<Action>();
        var performers = EffectKind.All
            .Select(kind => (IPerformer)new OutsidePerformer(kind.Name, kind.Recovery, Outside, _answers));
        var world = new ShellWorld(_clock, Seed, new ProgramFamilies([_family]), [.. performers]);
        var shell = new Shell(_journal, world, _options);
        shell.Open();
        if (_journal.Find(_uid.ToString()) is null)
            shell.Post(new Intake.Submit(
                new NewRun(_uid, "flow", FlowFamily.Word, definition, default), static _ => { }));
        return shell;
    }

    private UInt128 Seed() => new(0x9e3779b97f4a7c15UL * ++_seed, _seed);
}
