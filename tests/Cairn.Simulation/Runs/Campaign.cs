using System.Text;
using Cairn.Simulation.Scripts;

namespace Cairn.Simulation.Runs;

/// <summary>Plays plans and turns broken rules into a failure that says how to see them again.</summary>
internal static class Campaign
{
    private const int Shown = 12;

    private const string Program = "tests/Cairn.Simulation/bin/Release/net10.0/Cairn.Simulation";

    /// <summary>Lines of the trace in a failure; more with CAIRN_TAIL.</summary>
    private static readonly int s_tail =
        int.TryParse(Environment.GetEnvironmentVariable("CAIRN_TAIL"), out var lines) ? lines : 60;

    /// <summary>Plays the plans of seeds; fails with the first broken one whole, and the names of others.</summary>
    public static void Hold(IEnumerable<ulong> seeds, Func<ulong, Plan> planOf)
    {
        var report = new StringBuilder();
        var broken = 0;
        foreach (var seed in seeds)
        {
            var plan = planOf(seed);
            var verdict = Playthrough.Run(plan, out var trace);
            if (verdict.Broken is null) continue;
            if (broken++ == 0) report.AppendLine(Describe(plan, verdict.Broken, trace.Last(s_tail)));
            else report.AppendLine($"also seed {seed}: {verdict.Broken}");
            if (broken == Shown) break;
        }

        if (broken > 0) Assert.Fail(report.ToString());
    }

    private static string Describe(Plan plan, string broken, string tail)
    {
        var runs = plan.Runs.Select(run => $"  run {run.Number} {run.Meddling} {ScriptText.Write(run.Body)}");
        return $"""
            {broken}
            again: CAIRN_SEED={plan.Seed} {Program} -method '*The_named_seed*'
            {plan}
            {string.Join('\n', runs)}
            {tail}
            """;
    }
}
