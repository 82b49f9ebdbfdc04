using System.CommandLine;
using Cairn.Cli.Commands.Completion;
using Cairn.Cli.Commands.Doctor;
using Cairn.Cli.Commands.Graph;
using Cairn.Cli.Commands.Lint;
using Cairn.Cli.Commands.Pool;
using Cairn.Cli.Commands.Run;
using Cairn.Cli.Commands.Runs;
using Cairn.Cli.Commands.Store;
using Cairn.Cli.Commands.Test;
using Cairn.Cli.Commands.Trigger;
using Cairn.Cli.Commands.Up;
using Cairn.Cli.Commands.Validate;
using Cairn.Cli.Commands.Vda;
using Cairn.Cli.Flags;
using Cairn.Cli.Terminals;

namespace Cairn.Cli;

/// <summary>All commands. The path of a command is the path of its file: `runs list` is Commands/Runs/List.</summary>
internal static class CommandTree
{
    /// <summary>The root command of one invocation.</summary>
    public static RootCommand Create(Frame frame)
    {
        var root = new RootCommand(
            $"Runs physical-AI data pipelines, durably, on this machine.\n\n{ExitCode.Explanation}");
        root.Add(GlobalFlags.Output);
        root.Add(GlobalFlags.Home);
        root.Add(GlobalFlags.AcceptLoss);
        root.Add(RunCommand.Create(frame));
        root.Add(RunsCommand.Create(frame));
        root.Add(ValidateCommand.Create(frame));
        root.Add(LintCommand.Create(frame));
        root.Add(TestCommand.Create(frame));
        root.Add(GraphCommand.Create(frame));
        root.Add(UpCommand.Create(frame));
        root.Add(StoreCommand.Create(frame));
        root.Add(TriggerCommand.Create(frame));
        root.Add(VdaCommand.Create(frame));
        root.Add(PoolCommand.Create(frame));
        root.Add(DoctorCommand.Create(frame));
        root.Add(CompletionCommand.Create(frame));
        return root;
    }
}
