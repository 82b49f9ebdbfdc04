using System.CommandLine;
using Cairn.Cli.Commands.Runs.Cancel;
using Cairn.Cli.Commands.Runs.Cp;
using Cairn.Cli.Commands.Runs.Events;
using Cairn.Cli.Commands.Runs.Exec;
using Cairn.Cli.Commands.Runs.List;
using Cairn.Cli.Commands.Runs.Logs;
using Cairn.Cli.Commands.Runs.Prune;
using Cairn.Cli.Commands.Runs.Resume;
using Cairn.Cli.Commands.Runs.Retry;
using Cairn.Cli.Commands.Runs.Show;
using Cairn.Cli.Commands.Runs.Watch;
using Cairn.Cli.Commands.Runs.Why;

namespace Cairn.Cli.Commands.Runs;

/// <summary>`cairn runs …`.</summary>
internal static class RunsCommand
{
    /// <summary>The noun with its verbs.</summary>
    public static Command Create(Frame frame) => new("runs", "Looks at runs and steers them")
    {
        ListCommand.Create(frame),
        ShowCommand.Create(frame),
        LogsCommand.Create(frame),
        EventsCommand.Create(frame),
        WatchCommand.Create(frame),
        CancelCommand.Cancel(frame),
        CancelCommand.Terminate(frame),
        ResumeCommand.Create(frame),
        RetryCommand.Create(frame),
        WhyCommand.Create(frame),
        PruneCommand.Create(frame),
        ExecCommand.Create(frame),
        CpCommand.Create(frame),
    };
}
