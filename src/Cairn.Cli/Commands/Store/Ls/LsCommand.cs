using System.CommandLine;
using Cairn.Cli.Composition;
using Cairn.Cli.Flags;
using Cairn.Cli.Progress;
using Cairn.Cli.Terminals;
using Cairn.Platform.Stores;
using Spectre.Console;

namespace Cairn.Cli.Commands.Store.Ls;

/// <summary>`cairn store ls [URL]`: objects and prefixes; without a URL the stores there are.</summary>
internal static class LsCommand
{
    /// <summary>What it was asked.</summary>
    internal sealed record Options(string? Url, bool Recursive, string? Home, OutputFormat Format);

    /// <summary>The command.</summary>
    public static Command Create(Frame frame)
    {
        var url = new Argument<string?>("URL")
        {
            Description = "An object or a prefix; without it the stores are listed",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var recursive = StoreFlags.Recursive();
        var command = new Command("ls", "Lists objects, or the stores there are") { url, recursive };
        command.SetAction((parsed, cancel) => RunAsync(frame, new Options(
            parsed.GetValue(url), parsed.GetValue(recursive), parsed.GetValue(GlobalFlags.Home),
            GlobalFlags.FormatOf(parsed)), cancel));
        return command;
    }

    internal static async Task<int> RunAsync(Frame frame, Options options, CancellationToken cancel)
    {
        using var stores = StoreDesk.Open(frame, Site.Find(frame, options.Home));
        if (options.Url is not { } url)
            return Stores(frame, options, stores);
        var place = await stores.Resolve(StoreFlags.Address(url), forWrite: false, cancel);
        var listing = await List(place, options.Recursive, cancel);
        if (listing.Objects.Count == 0 && listing.Prefixes!.Count == 0 && place.Key.Length > 0)
            throw StoreFlags.Missing(url);
        new Output(frame.Terminal, options.Format).Write(
            listing, StoreJson.Default.ListingDocument, console => Table(console, listing),
            () => listing.Prefixes!.Concat(listing.Objects.Select(found => found.Url)));
        return ExitCode.Done;
    }

    private static async Task<ListingDocument> List(ObjectPlace place, bool recursive, CancellationToken cancel)
    {
        var objects = new List<ObjectDocument>();
        var prefixes = new List<string>();
        if (!place.IsFolder && await place.Store.Stat(place.Key, cancel) is { } single)
            objects.Add(ObjectDocument.Of(place.Store, single));
        string? after = null;
        do
        {
            var page = await place.Store.List(
                new ListQuery { Prefix = place.Prefix, Delimiter = recursive ? null : "/", After = after }, cancel);
            objects.AddRange(page.Objects.Select(found => ObjectDocument.Of(place.Store, found)));
            prefixes.AddRange(page.Prefixes.Select(prefix => $"{place.Store.Url}/{prefix}"));
            after = page.Next;
        }
        while (after is not null);
        return new ListingDocument(objects, prefixes);
    }

    private static int Stores(Frame frame, Options options, ObjectStores stores)
    {
        var document = new StoresDocument(
            [.. stores.Declared.Select(
                store => new StoreDocument($"cairn://{store.Name}", store.Folder, store.Serves))]);
        new Output(frame.Terminal, options.Format).Write(
            document, StoreJson.Default.StoresDocument,
            console =>
            {
                var table = Grid("STORE", "FOLDER", "SERVES");
                foreach (var store in document.Stores)
                    table.AddRow(
                        new Text(store.Url), new Text(store.Folder), new Text(string.Join(", ", store.Serves)));
                console.Write(table);
            },
            () => document.Stores.Select(store => store.Url));
        return ExitCode.Done;
    }

    private static void Table(IAnsiConsole console, ListingDocument listing)
    {
        var table = Grid("SIZE", "UPDATED", "GENERATION", "URL");
        foreach (var prefix in listing.Prefixes!)
            table.AddRow(new Text("-"), new Text("-"), new Text("-"), new Text(prefix));
        foreach (var found in listing.Objects)
            table.AddRow(
                new Text(TransferProgress.Size(found.Size)), new Text($"{found.Updated:yyyy-MM-dd HH:mm:ss}Z"),
                new Text(found.Generation.ToString()), new Text(found.Url));
        console.Write(table);
    }

    private static Table Grid(params ReadOnlySpan<string> columns)
    {
        var table = new Table().Border(TableBorder.None);
        foreach (var column in columns)
            table.AddColumn(new TableColumn(new Text(column)) { NoWrap = true });
        return table;
    }
}
