using System.CommandLine;
using Cairn.Cli.Commands.Trigger.Fire;
using Cairn.Cli.Commands.Trigger.List;
using Cairn.Cli.Commands.Trigger.Log;
using Cairn.Cli.Commands.Trigger.Pause;
using Cairn.Cli.Commands.Trigger.Redeliver;
using Cairn.Cli.Commands.Trigger.Test;
using Cairn.Cli.Commands.Trigger.Why;

namespace Cairn.Cli.Commands.Trigger;

/// <summary>`cairn trigger …`.</summary>
internal static class TriggerCommand
{
    /// <summary>The noun with its verbs.</summary>
    public static Command Create(Frame frame) => new("trigger", "Looks at what starts runs, and steers it")
    {
        ListCommand.Create(frame),
        TestCommand.Create(frame),
        WhyCommand.Create(frame),
        FireCommand.Create(frame),
        LogCommand.Create(frame),
        PauseCommand.Pause(frame),
        PauseCommand.Resume(frame),
        RedeliverCommand.Create(frame),
    };
}
