using System.CommandLine;
using Cairn.Cli.Commands.Vda.Compare;
using Cairn.Cli.Commands.Vda.Configs;
using Cairn.Cli.Commands.Vda.Plan;
using Cairn.Cli.Commands.Vda.Run;
using Cairn.Cli.Commands.Vda.Stage;
using Cairn.Cli.Commands.Vda.Summary;

namespace Cairn.Cli.Commands.Vda;

/// <summary>`cairn vda …`.</summary>
internal static class VdaCommand
{
    /// <summary>The noun with its verbs.</summary>
    public static Command Create(Frame frame) => new("vda", "The video pipeline: augmentation and labeling")
    {
        VdaRunCommand.Create(frame),
        PlanCommand.Create(frame),
        ConfigsCommand.Create(frame),
        StageCommand.Create(frame),
        CompareCommand.Create(frame),
        SummaryCommand.Create(frame),
    };
}
