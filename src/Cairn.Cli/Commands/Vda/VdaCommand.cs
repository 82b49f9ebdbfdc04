using System.CommandLine;
using Cairn.Cli.Commands.Vda.Run;

namespace Cairn.Cli.Commands.Vda;

/// <summary>`cairn vda …`.</summary>
internal static class VdaCommand
{
    /// <summary>The noun with its verbs.</summary>
    public static Command Create(Frame frame) => new("vda", "The video pipeline: augmentation and labeling")
    {
        VdaRunCommand.Create(frame),
    };
}
