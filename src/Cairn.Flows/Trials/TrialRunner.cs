using Cairn.Flows.Compiling;

namespace Cairn.Flows.Trials;

/// <summary>Runs the tests of one file against its flow.</summary>
public static class TrialRunner
{
    /// <summary>Compiles the flow and runs all its tests.</summary>
    /// <param name="file">The tests.</param>
    /// <param name="flow">The flow's file and text.</param>
    /// <param name="isWanted">Which tests, by name.</param>
    public static TrialReport Run(TrialFile file, FlowSource flow, Func<string, bool> isWanted)
    {
        var options = new FlowOptions { Lenient = file.IsLenient };
        var outcome = FlowCompiler.Compile(flow, options);
        if (outcome.Flow is not { } compiled) return new TrialReport(file.File, flow.File, [], null, outcome.Errors);
        var trace = new FlowTrace();
        var executed = new SortedSet<string>(StringComparer.Ordinal);
        List<TrialOutcome> outcomes = [];
        foreach (var trial in file.Trials.Where(trial => isWanted(trial.Name)))
        {
            var record = TrialRun.Run(compiled, flow, options, trial, trace);
            executed.UnionWith(record.Steps);
            var failures = TrialJudge.Judge(trial.Expected, record);
            outcomes.Add(new TrialOutcome(trial.Name, trial.Line, failures, record.Elapsed));
        }

        return new TrialReport(
            file.File, flow.File, outcomes, CoverageReader.Read(compiled, executed, trace), []);
    }
}
