using System.CommandLine;
using Cairn.Cli.Runs;
using Cairn.Cli.Terminals;

namespace Cairn.Cli.Commands.Runs.Show;

/// <summary>`cairn runs show RUN`.</summary>
internal static class ShowCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Frame frame)
    {
        var run = RunFlags.Argument();
        var command = new Command("show", "Shows a run with its tasks") { run };
        command.SetAction((parsed, _) => RunAsync(frame, RunFlags.Read(parsed, run)));
        return command;
    }

    internal static async Task<int> RunAsync(Frame frame, RunFlags options)
    {
        await using var workshop = RunLookup.Reading(frame, options.Home);
        var run = RunLookup.Find(workshop, options.Run);
        RunReport.Write(frame, options.Format, RunLookup.Describe(workshop, run), withImages: true);
        return ExitCode.Done;
    }
}
