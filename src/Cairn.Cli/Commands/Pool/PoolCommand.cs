using System.CommandLine;
using Cairn.Cli.Commands.Pool.List;

namespace Cairn.Cli.Commands.Pool;

/// <summary>`cairn pool …`.</summary>
internal static class PoolCommand
{
    /// <summary>The noun with its verbs.</summary>
    public static Command Create(Frame frame) => new("pool", "Named capacities") { PoolListCommand.Create(frame) };
}
