using System.CommandLine;
using Cairn.Cli.Composition;
using Cairn.Cli.Faults;
using Cairn.Cli.Terminals;
using Cairn.Flows.Compiling;
using Cairn.Flows.Trials;
using Cairn.Graphs.Rendering;

namespace Cairn.Cli.Commands.Test;

/// <summary>`cairn test PATH…`: unit tests of flows against mocked calls under a clock of their own.</summary>
internal static class TestCommand
{
    /// <summary>What it was asked.</summary>
    internal sealed record Options(
        IReadOnlyList<string> Paths, string? Filter, string? Junit, double? Least, OutputFormat Format);

    /// <summary>The command.</summary>
    public static Command Create(Frame frame)
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Files such as a.test.yaml, or folders to look for them in",
            Arity = ArgumentArity.OneOrMore,
        };
        var filter = new Option<string?>("--filter")
        {
            Description = "Only tests whose name holds these words",
            HelpName = "WORDS",
        };
        var junit = new Option<string?>("--junit")
        {
            Description = "Writes the outcomes as JUnit XML as well",
            HelpName = "FILE",
        };
        var least = new Option<double?>("--min-coverage")
        {
            Description = "Fails when less than so many per cent of the steps and branches were executed",
            HelpName = "PERCENT",
        };
        var command = new Command("test", "Runs unit tests of flows: mocked calls, a clock of their own, coverage")
        {
            paths, filter, junit, least,
        };
        command.SetAction(parsed => Run(frame, new Options(
            parsed.GetRequiredValue(paths), parsed.GetValue(filter), parsed.GetValue(junit), parsed.GetValue(least),
            Flags.GlobalFlags.FormatOf(parsed))));
        return command;
    }

    internal static int Run(Frame frame, Options options)
    {
        var files = FlowPaths.Find(frame, options.Paths, FlowPaths.IsTest);
        if (files.Count == 0)
            throw new CommandFailure(
                ExitCode.Usage, "there are no tests in " + string.Join(", ", options.Paths),
                "tests of a.yaml stand in a.test.yaml");
        var reports = files.Select(file => RunFile(frame, file, options)).ToList();
        var output = new Output(frame.Terminal, options.Format);
        if (output.IsDocument)
            output.WriteDocument(TestDocument.Of(reports), TestJson.Default.TestDocument);
        else
            new TestPrinter(frame).Print(reports);
        if (options.Junit is { } junit) JunitFile.Write(frame.PathOf(junit), reports);
        return CodeOf(frame, reports, options);
    }

    private static TrialReport RunFile(Frame frame, string file, Options options)
    {
        var (trials, problems) = TrialFileReader.Read(file, SourceFile.Read(frame, file));
        if (trials is null) return new TrialReport(file, file, [], null, problems);
        var flow = FlowPaths.FlowOf(file, trials.Flow);
        if (SourceFile.Load(frame.PathOf(flow)) is not LocalText.Found text)
            return new TrialReport(
                file, flow, [], null,
                [new FlowProblem($"its flow {flow} cannot be read", file, 1, 1, "name it: flow: other.yaml")]);
        return TrialRunner.Run(
            trials, new FlowSource(flow, text.Text),
            name => options.Filter is not { } words || name.Contains(words, StringComparison.OrdinalIgnoreCase));
    }

    private static int CodeOf(Frame frame, List<TrialReport> reports, Options options)
    {
        if (reports.Exists(report => report.Problems.Count > 0)) return ExitCode.Usage;
        if (reports.Exists(report => report.Outcomes.Any(outcome => !outcome.Passed))) return ExitCode.RunFailed;
        if (options.Filter is { } words && reports.TrueForAll(report => report.Outcomes.Count == 0))
            throw new CommandFailure(ExitCode.Usage, $"no test has the words '{words}' in its name");
        if (options.Least is not { } least) return ExitCode.Done;
        var covered = Percent(reports);
        if (covered >= least) return ExitCode.Done;
        frame.Terminal.Error.WriteLine($"coverage is {covered:0.#} %, wanted are {least:0.#} %");
        return ExitCode.RunFailed;
    }

    private static double Percent(List<TrialReport> reports)
    {
        var all = reports.Select(report => report.Coverage).OfType<FlowCoverage>().ToList();
        var total = all.Sum(one => one.Steps.Count + one.Branches.Count);
        return total == 0 ? 100 : 100.0 * all.Sum(one => one.StepsCovered + one.BranchesCovered) / total;
    }
}
