using System.CommandLine;
using Cairn.Cli.Commands.Store.Cat;
using Cairn.Cli.Commands.Store.Get;
using Cairn.Cli.Commands.Store.Ls;
using Cairn.Cli.Commands.Store.Put;
using Cairn.Cli.Commands.Store.Rm;
using Cairn.Cli.Commands.Store.Watch;

namespace Cairn.Cli.Commands.Store;

/// <summary>`cairn store …`.</summary>
internal static class StoreCommand
{
    /// <summary>The noun with its verbs.</summary>
    public static Command Create(Frame frame) => new("store", "Reads and writes objects of stores")
    {
        LsCommand.Create(frame),
        CatCommand.Create(frame),
        PutCommand.Create(frame),
        GetCommand.Create(frame),
        RmCommand.Create(frame),
        WatchCommand.Create(frame),
    };
}
