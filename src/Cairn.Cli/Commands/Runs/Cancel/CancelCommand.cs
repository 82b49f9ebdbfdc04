using System.CommandLine;
using System.Text.Json;
using Cairn.Cli.Composition;
using Cairn.Cli.Faults;
using Cairn.Cli.Runs;
using Cairn.Cli.Terminals;
using Cairn.Engine.Hosting;
using Cairn.Engine.Programs;

namespace Cairn.Cli.Commands.Runs.Cancel;

/// <summary>`cairn runs cancel RUN` with clean-up, `cairn runs terminate RUN` without.</summary>
internal static class CancelCommand
{
    /// <summary>What it was asked.</summary>
    internal sealed record Options(RunFlags Run, InboxKind Kind, string? Message);

    /// <summary>The command that ends a run in order.</summary>
    public static System.CommandLine.Command Cancel(Frame frame) =>
        Create(frame, "cancel", "Ends a run: its tasks get 10 s to stop", InboxKind.Cancel);

    /// <summary>The command that ends a run at once.</summary>
    public static System.CommandLine.Command Terminate(Frame frame) =>
        Create(frame, "terminate", "Ends a run at once, without its clean-up", InboxKind.Terminate);

    internal static async Task<int> RunAsync(Frame frame, Options options, CancellationToken stop)
    {
        var site = Site.Find(frame, options.Run.Home);
        await using var workshop = Workshop.Open(frame, site, frame.Terminal.Error.WriteLine);
        var run = RunLookup.Find(workshop, options.Run.Run);
        if (!run.IsOpen)
            throw new CommandFailure(ExitCode.Usage, $"{run.Id} has ended already: {run.State}");
        var payload = JsonSerializer.SerializeToUtf8Bytes(
            new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                ["by"] = frame.Environment("USER") ?? Environment.UserName,
                ["message"] = options.Message ?? "",
            },
            RunJson.Default.SortedDictionaryStringString);
        await workshop.Engine.SendAsync(run, new InboxItem($"cli-{EngineHost.NewUid()}", options.Kind, payload));
        // Whoever owns the folder must live until the run's tasks have stopped; that may be this process.
        run = await workshop.Engine.WaitAsync(run, stop);
        RunReport.Write(frame, options.Run.Format, RunLookup.Describe(workshop, run));
        return ExitCode.Done;
    }

    private static System.CommandLine.Command Create(Frame frame, string name, string description, InboxKind kind)
    {
        var run = RunFlags.Argument();
        var message = new Option<string?>("--message", "-m") { Description = "Why", HelpName = "TEXT" };
        var command = new System.CommandLine.Command(name, description) { run, message };
        command.SetAction((parsed, stop) =>
            RunAsync(frame, new Options(RunFlags.Read(parsed, run), kind, parsed.GetValue(message)), stop));
        return command;
    }
}
