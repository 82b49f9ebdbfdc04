using System.CommandLine;
using Cairn.Cli.Composition;
using Cairn.Cli.Faults;
using Cairn.Cli.Flags;
using Cairn.Cli.Runs;
using Cairn.Cli.Terminals;
using Cairn.Engine.Runs;
using Cairn.Flows.Compiling;
using Cairn.Graphs.Rendering;

namespace Cairn.Cli.Commands.Run;

/// <summary>`cairn run FILE`: runs a flow or a graph here, in the foreground, durably.</summary>
internal static class RunCommand
{
    /// <summary>What it was asked.</summary>
    internal sealed record Options
    {
        /// <summary>The file.</summary>
        public required string File { get; init; }

        /// <summary>Values from outside, for a graph.</summary>
        public GraphValues Values { get; init; } = GraphValues.None;

        /// <summary>Argument, variables and switches, for a flow.</summary>
        public FlowFlags.Given Flow { get; init; } = FlowFlags.Given.None;

        /// <summary>The pool by name, or null for the graph's or the default one.</summary>
        public string? Pool { get; init; }

        /// <summary>Labels of the run.</summary>
        public IReadOnlyList<KeyValuePair<string, string>> Labels { get; init; } = [];

        /// <summary>Only says what would run.</summary>
        public bool DryRun { get; init; }

        /// <summary>Takes the outputs of equal tasks that ended before.</summary>
        public bool Reuse { get; init; }

        /// <summary>The state folder, or null.</summary>
        public string? Home { get; init; }

        /// <summary>How the result is printed.</summary>
        public OutputFormat Format { get; init; }
    }

    /// <summary>The command.</summary>
    public static Command Create(Frame frame)
    {
        var file = new Argument<string>("FILE") { Description = "A flow or a graph" };
        var pool = new Option<string?>("--pool") { Description = "The pool (default: the graph's or the project's)" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Prints what would run, and runs nothing" };
        var reuse = new Option<bool>("--reuse") { Description = "Takes the outputs of equal tasks that ended before" };
        var values = new SetFlags();
        var flow = new FlowFlags();
        var labels = new LabelFlag();
        var command = new Command("run", "Runs a flow or a graph here, in the foreground, durably")
        {
            file, pool, dryRun, reuse,
        };
        flow.AddTo(command);
        values.AddTo(command);
        labels.AddTo(command);
        command.SetAction((parsed, stop) => RunAsync(frame, new Options
        {
            File = parsed.GetRequiredValue(file),
            Values = values.Read(parsed),
            Flow = flow.Read(frame, parsed),
            Pool = parsed.GetValue(pool),
            Labels = labels.Read(parsed),
            DryRun = parsed.GetValue(dryRun),
            Reuse = parsed.GetValue(reuse),
            Home = parsed.GetValue(GlobalFlags.Home),
            Format = GlobalFlags.FormatOf(parsed),
        }, stop));
        return command;
    }

    internal static Task<int> RunAsync(Frame frame, Options options, CancellationToken stop)
    {
        var text = SourceFile.Read(frame, options.File);
        return SourceLanguage.IsFlow(text)
            ? RunFlowAsync(frame, options, text)
            : RunGraphAsync(frame, options, stop);
    }

    private static async Task<int> RunFlowAsync(Frame frame, Options options, string text)
    {
        RefuseGraphFlags(options);
        var site = Site.Find(frame, options.Home);
        var source = new FlowSource(options.File, text);
        var switches = FlowFile.OptionsOf(site.Project, options.Flow.Lenient, options.Flow.Strict);
        FlowFile.CompileValid(frame, source, switches);
        var run = new FlowSubmission(source, switches)
        {
            Arguments = options.Flow.Arguments,
            Environment = options.Flow.Environment,
            Labels = options.Labels,
        }.NewRun(site.Project);
        await using var workshop = Workshop.Open(frame, site, frame.Terminal.Error.WriteLine);
        var ended = await new ForegroundRun(frame, workshop).RunAsync(run);
        if (ended is null)
            return ExitCode.Interrupted;
        FlowReport.Write(frame, options.Format, ended);
        return ForegroundRun.ExitCodeOf(ended);
    }

    private static async Task<int> RunGraphAsync(Frame frame, Options options, CancellationToken stop)
    {
        if (options.Flow is not { Arguments: null, Environment.Count: 0, Lenient: false })
            throw new CommandFailure(
                ExitCode.Usage, "--args, --env and --lenient are for flows, and this is a graph",
                "a graph takes --set and --set-env");
        var graph = GraphFile.CompileValid(
            frame, options.File, options.Values, new GraphOptions { Strict = options.Flow.Strict });
        var site = Site.Find(frame, options.Home);
        var pool = LocalSettings.PoolNamed(site.Project, options.Pool ?? graph.Spec!.Pool);
        if (options.DryRun)
        {
            frame.Terminal.Out.Write(graph.DryRun ?? graph.JsonText() + "\n");
            return ExitCode.Done;
        }

        var submission = new GraphSubmission(graph.Spec!, pool) { Labels = options.Labels, Reuse = options.Reuse };
        await using var workshop = Workshop.Open(frame, site, frame.Terminal.Error.WriteLine);
        submission.RequireCapacity(workshop);
        var run = await submission.NewRunAsync(workshop, frame.Terminal.Error.WriteLine, stop);
        var ended = await new ForegroundRun(frame, workshop).RunAsync(run);
        if (ended is null)
            return ExitCode.Interrupted;
        if (ended.Outcome == Outcome.Failed)
            FailureReport.Write(frame, workshop, ended);
        RunReport.Write(frame, options.Format, ended);
        return ForegroundRun.ExitCodeOf(ended);
    }

    private static void RefuseGraphFlags(Options options)
    {
        var given = options.Values is { Set.Count: 0, SetString.Count: 0, SetEnv.Count: 0 }
            && options is { Pool: null, DryRun: false, Reuse: false };
        if (!given)
            throw new CommandFailure(
                ExitCode.Usage, "--set, --set-string, --set-env, --pool, --dry-run and --reuse are for graphs, "
                + "and this is a flow", "a flow takes --args and --env; cairn validate looks without running");
    }
}
