using System.CommandLine;
using Cairn.Cli.Composition;
using Cairn.Cli.Flags;
using Cairn.Cli.Terminals;
using Cairn.Platform.Stores;
using Cairn.Platform.Stores.Transfers;

namespace Cairn.Cli.Commands.Store.Rm;

/// <summary>`cairn store rm URL…`: deletes objects.</summary>
internal static class RmCommand
{
    /// <summary>What it was asked.</summary>
    internal sealed record Options(IReadOnlyList<string> Urls, long? IfGeneration, bool Recursive)
    {
        /// <summary>The state folder, or null.</summary>
        public string? Home { get; init; }

        /// <summary>How what was deleted is printed.</summary>
        public OutputFormat Format { get; init; }
    }

    /// <summary>The command.</summary>
    public static Command Create(Frame frame)
    {
        var urls = new Argument<string[]>("URL") { Description = "Objects", Arity = ArgumentArity.OneOrMore };
        var generation = StoreFlags.IfGeneration();
        var recursive = StoreFlags.Recursive();
        var command = new Command("rm", "Deletes objects") { urls, generation, recursive };
        command.SetAction((parsed, cancel) => RunAsync(
            frame,
            new Options(parsed.GetRequiredValue(urls), parsed.GetValue(generation), parsed.GetValue(recursive))
            {
                Home = parsed.GetValue(GlobalFlags.Home),
                Format = GlobalFlags.FormatOf(parsed),
            },
            cancel));
        return command;
    }

    internal static async Task<int> RunAsync(Frame frame, Options options, CancellationToken cancel)
    {
        using var stores = StoreDesk.Open(frame, Site.Find(frame, options.Home));
        var deleted = new List<DeletionDocument>();
        foreach (var url in options.Urls)
        {
            var place = await stores.Resolve(StoreFlags.Address(url), forWrite: false, cancel);
            if (options.Recursive)
                await DeleteBelow(place, options, deleted, cancel);
            else
                deleted.Add(await Delete(place.Store, place.Key, StoreFlags.ObjectUrl(place, url), options, cancel)
                    ?? throw StoreFlags.Missing(url));
        }

        var document = new DeletionsDocument(deleted);
        new Output(frame.Terminal, options.Format).Write(
            document, StoreJson.Default.DeletionsDocument,
            _ => deleted.ForEach(gone => frame.Terminal.Out.WriteLine($"{gone.Url}#{gone.Generation} deleted")),
            () => deleted.Select(gone => gone.Url));
        return ExitCode.Done;
    }

    private static async Task DeleteBelow(
        ObjectPlace place, Options options, List<DeletionDocument> deleted, CancellationToken cancel)
    {
        var before = deleted.Count;
        await foreach (var found in StoreTransfers.All(place.Store, place.Prefix, cancel))
            if (await Delete(place.Store, found.Key, $"{place.Store.Url}/{found.Key}", options, cancel) is { } gone)
                deleted.Add(gone);
        if (deleted.Count == before)
            throw new Faults.CommandFailure(ExitCode.NotFound, $"there is nothing below {place.Url}/");
    }

    private static async Task<DeletionDocument?> Delete(
        IObjectStore store, string key, string url, Options options, CancellationToken cancel) =>
        await store.Delete(key, new WriteTerms { IfGeneration = options.IfGeneration }, cancel) switch
        {
            WriteAnswer.Deleted gone => new DeletionDocument(url, gone.Generation),
            WriteAnswer.Absent => null,
            WriteAnswer.Refused no => throw StoreFlags.Unmet(url, no.Expected, no.Actual),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
