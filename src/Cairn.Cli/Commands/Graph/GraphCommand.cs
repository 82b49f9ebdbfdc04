using System.CommandLine;
using Cairn.Cli.Commands.Graph.Render;

namespace Cairn.Cli.Commands.Graph;

/// <summary>`cairn graph …`.</summary>
internal static class GraphCommand
{
    /// <summary>The noun with its verbs.</summary>
    public static Command Create(Frame frame) => new("graph", "Looks at graph files") { RenderCommand.Create(frame) };
}
