using Cairn.Engine.Shells;
using Cairn.Simulation.Journals;
using Cairn.Simulation.Performers;
using Cairn.Simulation.Scripts;
using Cairn.Simulation.Seeds;

namespace Cairn.Simulation.Runs;

/// <summary>All that a seed decides before the first event: the runs, what is done to them, and what goes
/// wrong.</summary>
internal sealed record Plan(ulong Seed)
{
    /// <summary>The runs and what people do to them.</summary>
    public required IReadOnlyList<PlannedRun> Runs { get; init; }

    /// <summary>How commits fare while things go wrong.</summary>
    public DiskFaults Disk { get; init; } = DiskFaults.None;

    /// <summary>How reports fare while things go wrong.</summary>
    public Weather Weather { get; init; } = Weather.Calm;

    /// <summary>The process is killed about so often, in milliseconds; 0: never.</summary>
    public int KilledEvery { get; init; }

    /// <summary>A call to a performer is the process's last, in chances of a thousand.</summary>
    public int KilledInHandOut { get; init; }

    /// <summary>The wall clock is set about so often, in milliseconds; 0: never.</summary>
    public int ClockSetEvery { get; init; }

    /// <summary>From then on nothing goes wrong any more, and every run must end.</summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The limits of the shell: small, so that they are met.</summary>
    public ShellOptions Options { get; init; } = new();

    /// <summary>The plan of a seed.</summary>
    public static Plan Of(ulong seed)
    {
        var dice = new Dice(seed);
        var runs = new List<PlannedRun>();
        for (var i = dice.Between(1, 4); i > 0; i--) runs.Add(PlannedRun.Draw(dice.Split(), runs.Count));
        return new Plan(seed)
        {
            Runs = runs,
            Disk = Faults(dice),
            Weather = new Weather
            {
                SlowestMilliseconds = dice.Pick([1, 20, 400]),
                Duplicate = dice.Pick([0, 100, 400]),
                Late = dice.Pick([0, 50, 300]),
                Unaccepted = dice.Pick([0, 200]),
            },
            KilledEvery = dice.Pick([0, 300, 2000, 10_000]),
            KilledInHandOut = dice.Pick([0, 0, 60]),
            ClockSetEvery = dice.Pick([0, 0, 2000]),
            Quiet = TimeSpan.FromSeconds(dice.Between(5, 40)),
            Options = new ShellOptions
            {
                BatchRecords = dice.Pick([1, 3, 512]),
                TurnVisits = dice.Pick([1, 4, 256]),
                LoadedRuns = dice.Pick([0, 1, 1024]),
                SnapshotBytes = dice.Pick([1, 300, 2000, 64 * 1024]),
                TimersPerSecond = dice.Pick([5, 10_000]),
                CachedRequests = dice.Pick([0, 16 * 1024 * 1024]),
            },
        };
    }

    /// <summary>The same runs with nothing going wrong and nobody meddling.</summary>
    public Plan WithoutFaults() => this with
    {
        Runs = [.. Runs.Select(run => run with { Meddling = Meddling.None })],
        Disk = DiskFaults.None,
        Weather = Weather.Calm,
        KilledEvery = 0,
        KilledInHandOut = 0,
        ClockSetEvery = 0,
    };

    /// <summary>One plan as a line, for the head of a failure.</summary>
    public override string ToString() =>
        $"killed every {KilledEvery} ms, in hand-out {KilledInHandOut}, clock set every {ClockSetEvery} ms, "
        + $"{Disk}, {Weather}, quiet after {Quiet.TotalSeconds} s, {Options}";

    private static DiskFaults Faults(Dice dice) => dice.Below(4) switch
    {
        0 => DiskFaults.None,
        1 => new DiskFaults { CrashBefore = 20, CrashAfter = 30, Slow = 50 },
        2 => new DiskFaults { NoSpace = 40, Busy = 40, Slow = 20 },
        _ => new DiskFaults { FailedAndLost = 30, FailedAndKept = 30, CrashAfter = 10, NoSpace = 10 },
    };
}

/// <summary>One run of a plan.</summary>
/// <param name="Number">From 0 within the plan.</param>
/// <param name="Body">What it does.</param>
/// <param name="At">When it is submitted first.</param>
/// <param name="Meddling">What people do to it.</param>
internal sealed record PlannedRun(int Number, Script Body, TimeSpan At, Meddling Meddling)
{
    /// <summary>When people meddle, counted from the submission; the second one (resume) after as much again.</summary>
    public TimeSpan MeddleAfter { get; init; }

    /// <summary>Draws one.</summary>
    public static PlannedRun Draw(Dice dice, int number)
    {
        var body = ScriptMaker.Make(dice, dice.Between(1, 9));
        var at = TimeSpan.FromMilliseconds(dice.Between(0, 3000));
        var meddling = dice.Below(100) switch
        {
            < 65 => Meddling.None,
            < 80 => Meddling.Interrupt,
            < 90 => Meddling.Cancel,
            < 95 => Meddling.InterruptThenCancel,
            _ => Meddling.Terminate,
        };
        return new PlannedRun(number, body, at, meddling)
        {
            MeddleAfter = TimeSpan.FromMilliseconds(dice.Between(0, 12_000)),
        };
    }
}

/// <summary>What people do to a run.</summary>
internal enum Meddling
{
    None,

    /// <summary>Park it, and resume it later: the outcome is as if nobody had.</summary>
    Interrupt,

    /// <summary>End it with clean-up.</summary>
    Cancel,

    /// <summary>Park it, then cancel it while it is parked.</summary>
    InterruptThenCancel,

    /// <summary>End it now.</summary>
    Terminate,
}
