using System.CommandLine;
using Cairn.Cli.Composition;
using Cairn.Cli.Faults;
using Cairn.Cli.Flags;
using Cairn.Cli.Progress;
using Cairn.Cli.Terminals;
using Cairn.Platform.Stores;

namespace Cairn.Cli.Commands.Store.Put;

/// <summary>`cairn store put FILE… URL`: writes objects, durable before it returns.</summary>
internal static class PutCommand
{
    /// <summary>What it was asked.</summary>
    internal sealed record Options(IReadOnlyList<string> Files, string Url, WriteTerms Terms, bool Recursive)
    {
        /// <summary>The state folder, or null.</summary>
        public string? Home { get; init; }

        /// <summary>How what was written is printed.</summary>
        public OutputFormat Format { get; init; }
    }

    /// <summary>The command.</summary>
    public static Command Create(Frame frame)
    {
        var names = new Argument<string[]>("FILE… URL")
        {
            Description = "Files (`-`: stdin) and where to; a URL that ends in a slash keeps the files' names",
            Arity = new ArgumentArity(2, 100_000),
        };
        var generation = StoreFlags.IfGeneration();
        var recursive = StoreFlags.Recursive();
        recursive.Description = "Everything in the folders, below the URL";
        var metadata = new Option<string[]>("--metadata") { Description = "Attached to the object", HelpName = "K=V" };
        var command = new Command("put", "Writes objects") { names, generation, recursive, metadata };
        command.SetAction((parsed, cancel) =>
        {
            var all = parsed.GetRequiredValue(names);
            return RunAsync(frame, new Options(all[..^1], all[^1], Terms(
                parsed.GetValue(generation), parsed.GetValue(metadata) ?? []), parsed.GetValue(recursive))
            {
                Home = parsed.GetValue(GlobalFlags.Home),
                Format = GlobalFlags.FormatOf(parsed),
            }, cancel);
        });
        return command;
    }

    internal static async Task<int> RunAsync(Frame frame, Options options, CancellationToken cancel)
    {
        using var stores = StoreDesk.Open(frame, Site.Find(frame, options.Home));
        var place = await stores.Resolve(StoreFlags.Address(options.Url), forWrite: true, cancel);
        var sources = LocalSources.Find(frame, options.Files, options.Recursive);
        if (!place.IsFolder && (sources.Count > 1 || options.Recursive))
            throw new CommandFailure(
                ExitCode.Usage, $"several files cannot all become {options.Url}", "end the URL with a slash");
        using var progress = new TransferProgress(frame.Terminal, frame.Clock);
        var written = new List<ObjectDocument>();
        foreach (var source in sources)
            written.Add(await Put(frame, place, source, options.Terms, progress, cancel));
        var document = new ListingDocument(written);
        var output = new Output(frame.Terminal, options.Format);
        output.Write(
            document, StoreJson.Default.ListingDocument,
            _ => written.ForEach(found => frame.Terminal.Out.WriteLine($"{found.Url}#{found.Generation}")),
            () => written.Select(found => found.Url));
        return ExitCode.Done;
    }

    private static async Task<ObjectDocument> Put(
        Frame frame, ObjectPlace place, LocalSource source, WriteTerms terms, TransferProgress progress,
        CancellationToken cancel)
    {
        var key = place.IsFolder ? place.Prefix + source.Name : place.Key;
        if (place.IsFolder && source.Path is null)
            throw new CommandFailure(
                ExitCode.Usage, "stdin has no name to put below a prefix", "name the object: URL/NAME");
        progress.Begin($"put {source.Name}", source.Path is null ? 0 : new FileInfo(source.Path).Length);
        Content content = source.Path is { } path
            ? new Content.LocalFile(path)
            : new Content.Streamed(frame.Terminal.In);
        return await place.Store.Put(key, content, terms, cancel) switch
        {
            WriteAnswer.Written done => ObjectDocument.Of(place.Store, done.Object),
            WriteAnswer.Refused no => throw StoreFlags.Unmet($"{place.Store.Url}/{key}", no.Expected, no.Actual),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static WriteTerms Terms(long? generation, string[] metadata) => new()
    {
        IfGeneration = generation,
        Metadata = [.. metadata.Select(pair => pair.Split('=', 2)).Select(parts => parts.Length == 2
            ? KeyValuePair.Create(parts[0], parts[1])
            : throw new CommandFailure(ExitCode.Usage, $"--metadata takes KEY=VALUE, not '{parts[0]}'"))],
    };
}
