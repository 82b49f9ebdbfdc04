using System.CommandLine;
using Cairn.Cli.Composition;
using Cairn.Cli.Flags;
using Cairn.Cli.Terminals;

namespace Cairn.Cli.Commands.Store.Cat;

/// <summary>`cairn store cat URL…`: the bytes of objects, one after another, on stdout.</summary>
internal static class CatCommand
{
    /// <summary>What it was asked.</summary>
    internal sealed record Options(IReadOnlyList<string> Urls, long? IfGeneration, string? Home);

    /// <summary>The command.</summary>
    public static Command Create(Frame frame)
    {
        var urls = new Argument<string[]>("URL") { Description = "Objects", Arity = ArgumentArity.OneOrMore };
        var generation = StoreFlags.IfGeneration();
        var command = new Command("cat", "Prints the bytes of objects") { urls, generation };
        command.SetAction((parsed, cancel) => RunAsync(frame, new Options(
            parsed.GetRequiredValue(urls), parsed.GetValue(generation), parsed.GetValue(GlobalFlags.Home)), cancel));
        return command;
    }

    internal static async Task<int> RunAsync(Frame frame, Options options, CancellationToken cancel)
    {
        using var stores = StoreDesk.Open(frame, Site.Find(frame, options.Home));
        foreach (var url in options.Urls)
        {
            await using var opened = await ObjectReading.Open(stores, url, options.IfGeneration, cancel);
            await opened.Stream.CopyToAsync(frame.Terminal.Bytes, cancel);
        }

        await frame.Terminal.Bytes.FlushAsync(cancel);
        return ExitCode.Done;
    }
}
