using Cairn.Engine.Journals;
using Cairn.Engine.Programs;
using Cairn.Engine.Runs;
using Cairn.Engine.Shells;
using Cairn.Simulation.Journals;
using Cairn.Simulation.Performers;
using Cairn.Simulation.PlantedBugs;
using Cairn.Simulation.Seeds;
using Cairn.Simulation.Worlds;

namespace Cairn.Simulation.Runs;

/// <summary>
/// One plan lived through: the engine's own code on one thread in virtual time, from the first submission until every
/// run has ended, through as many lives of its process as the plan kills.
/// </summary>
internal sealed class Playthrough
{
    private const int StepLimit = 400_000;
    private static readonly TimeSpan s_timeLimit = TimeSpan.FromDays(2);
    private readonly Plan _plan;
    private readonly Planted _planted;
    private readonly Agenda _agenda = new();
    private readonly SimulatedClock _clock;
    private readonly Trace _trace;
    private readonly Verdict _verdict;
    private readonly IJournal _kept;
    private readonly Audit _audit;
    private readonly World _world;
    private readonly Client _client;
    private readonly Dice _dice;
    private readonly IStage _stage;
    private Life? _life;
    private int _lives;

    private Playthrough(Plan plan, Planted planted, IJournal kept, IStage stage)
    {
        (_plan, _planted, _kept, _stage) = (plan, planted, kept, stage);
        _dice = new Dice(plan.Seed ^ 0x5EED);
        _clock = new SimulatedClock(_agenda);
        _trace = new Trace(_agenda);
        _verdict = new Verdict(_trace);
        _audit = new Audit(_kept, _verdict);
        _world = new World(_agenda, _dice.Split(), _trace, _audit)
        {
            Weather = plan.Weather,
            Kill = Die,
            KilledInHandOut = plan.KilledInHandOut,
        };
        _client = new Client(_agenda, _dice.Split(), _kept, _audit) { Time = _clock };
    }

    /// <summary>Nothing happens for a while: a good moment to ask whether all is over.</summary>
    private bool IsLull => _agenda.Next is not { } next || next - _agenda.Now > TimeSpan.TicksPerMinute;

    private bool IsQuiet => _agenda.Now >= _plan.Quiet.Ticks;

    /// <summary>
    /// Lives through a plan and says what came of it; on a journal in memory, or on <paramref name="kept"/>, which
    /// stays
    /// open.
    /// </summary>
    public static Verdict Run(
        Plan plan, out Trace trace, Planted? planted = null, IJournal? kept = null, IStage? stage = null)
    {
        var one = new Playthrough(
            plan, planted ?? Planted.Nothing, kept ?? new MemoryJournal(), stage ?? new ScriptStage(plan));
        trace = one._trace;
        one.Live();
        return one._verdict;
    }

    private void Live()
    {
        _stage.Schedule(_client, () => new RunUid(_dice.WideBits()));
        Begin();
        if (_plan.KilledEvery > 0) KillLater();
        if (_plan.ClockSetEvery > 0) SetClockLater();
        _agenda.At(_plan.Quiet.Ticks, CalmDown);
        for (var steps = 0; _verdict.Broken is null; steps++)
        {
            if ((steps % 64 == 0 || IsLull) && IsOver()) break;
            if (steps > StepLimit || _agenda.Now > s_timeLimit.Ticks) _verdict.Break($"not over: {Open()}");
            else if (!Step()) _verdict.Break($"nothing happens any more: {Open()}");
        }

        if (_verdict.Broken is null) new FinalCheck(_kept, _audit, _world, _client).Check(_stage);
    }

    /// <summary>Nothing may be thrown out of the engine: its host would end.</summary>
    private bool Step()
    {
        try
        {
            return _agenda.Step();
        }
        catch (Exception e)
        {
            _verdict.Break($"the engine threw {e}");
            return true;
        }
    }

    private bool IsOver() =>
        IsQuiet && _stage.Runs.All(uid => _kept.Find(uid.ToString()) is { IsOpen: false })
        && _kept.List(new RunFilter { OnlyUnfinished = true }).Count == 0
        && !_client.IsBusy && _kept.Inbox(0, 1).Count == 0;

    private string Open() =>
        $"inbox rows {_kept.Inbox(0, 100).Count}, open " +
        string.Join(", ", _kept.List(new RunFilter { OnlyUnfinished = true })
        .Select(run => $"{run.Id} {run.Outcome} {run.Parked} {run.ParkMessage} live {run.Live}"));

    /// <summary>A new life of the engine's process.</summary>
    private void Begin()
    {
        var life = _life = new Life(++_lives);
        _trace.Add($"life {life.Number} begins");
        var disk = new SimulatedJournal(_kept, _audit, _trace)
        {
            Weather = () => IsQuiet ? DiskFaults.None : _plan.Disk,
            Dice = _dice.Split(),
        };
        var journal = _planted.Journal(disk);
        var seeds = _dice.Split();
        EngineProcess? process = null;
        var performers = _stage.Performers(_world, life, journal, intake => process!.Post(intake));
        var world = new ShellWorld(
            _clock, seeds.WideBits, new ProgramFamilies([_planted.Family(_stage.Family)]),
            [.. performers.Select(_planted.Performer)]);
        process = new EngineProcess(disk, new Shell(journal, world, _plan.Options), (_agenda, life))
        {
            Die = Die,
            Journal = journal,
        };
        process.Open();
        _client.Engine = process.Post;
    }

    private void Die(string why)
    {
        if (_life is not { IsOver: false } life) return;
        _trace.Add($"life {life.Number} ends {why}");
        if (!_planted.ReplacedOwnerGoesOn) life.End();
        _client.Engine = null;
        _agenda.After(TimeSpan.FromMilliseconds(_dice.Between(0, 4000)), Begin);
    }

    private void KillLater() => _agenda.After(Around(_plan.KilledEvery), () =>
    {
        if (IsQuiet) return;
        Die("killed");
        KillLater();
    });

    private void SetClockLater() => _agenda.After(Around(_plan.ClockSetEvery), () =>
    {
        if (IsQuiet) return;
        var by = TimeSpan.FromMilliseconds(_dice.Between(-20_000, 20_000));
        _trace.Add($"the wall clock is set by {by.TotalSeconds} s");
        _clock.Jump(by);
        SetClockLater();
    });

    private TimeSpan Around(int milliseconds) => TimeSpan.FromMilliseconds(_dice.Between(1, 2 * milliseconds));

    /// <summary>From here on all that is still open must come to its end, in half of the plans without a
    /// restart.</summary>
    private void CalmDown()
    {
        _trace.Add("quiet");
        _world.Weather = Weather.Calm;
        _world.KilledInHandOut = 0;
        if (_plan.Seed % 2 == 0) Die("before the quiet");
    }
}
