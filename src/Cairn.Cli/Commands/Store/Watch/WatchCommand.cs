using System.CommandLine;
using System.Text.Json;
using Cairn.Cli.Composition;
using Cairn.Cli.Faults;
using Cairn.Cli.Flags;
using Cairn.Cli.Progress;
using Cairn.Cli.Terminals;
using Cairn.Platform.Stores.Embedded;

namespace Cairn.Cli.Commands.Store.Watch;

/// <summary>
/// `cairn store watch URL`: what happens to the objects of an embedded bucket, a line each; with `-o json` a document
/// a line.
/// </summary>
internal static class WatchCommand
{
    private const int PageSize = 256;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    /// <summary>What it was asked.</summary>
    internal sealed record Options(string Url, long? After, int? Count, TimeSpan? Timeout)
    {
        /// <summary>The state folder, or null.</summary>
        public string? Home { get; init; }

        /// <summary>How events are printed.</summary>
        public OutputFormat Format { get; init; }
    }

    /// <summary>The command.</summary>
    public static Command Create(Frame frame)
    {
        var url = StoreFlags.Url("A bucket, or a prefix in it");
        var after = new Option<long?>("--after")
        {
            Description = "Begins behind this position; 0: with the first event (default: with what happens now)",
            HelpName = "POSITION",
        };
        var count = new Option<int?>("--count") { Description = "Ends after so many events", HelpName = "N" };
        var timeout = new Option<string?>("--timeout")
        {
            Description = "Gives up (exit 6): 30s, 5m",
            HelpName = "TIME",
        };
        var command = new Command("watch", "Prints what happens to objects, as it happens")
        {
            url, after, count, timeout,
        };
        command.SetAction((parsed, _) => RunAsync(frame, new Options(
            parsed.GetRequiredValue(url), parsed.GetValue(after), parsed.GetValue(count),
            parsed.GetValue(timeout) is { } span ? TimeFlag.Span(span) : null)
        {
            Home = parsed.GetValue(GlobalFlags.Home),
            Format = GlobalFlags.FormatOf(parsed),
        }));
        return command;
    }

    internal static async Task<int> RunAsync(Frame frame, Options options)
    {
        using var interruption = new Interruption();
        using var stores = StoreDesk.Open(frame, Site.Find(frame, options.Home));
        var place = await stores.Resolve(StoreFlags.Address(options.Url), forWrite: false, interruption.Park);
        if (place.Store is not EmbeddedBucket bucket)
            throw new CommandFailure(
                ExitCode.Precondition, $"{options.Url} tells nobody what happens in it",
                "embedded buckets do: cairn://NAME, or a prefix that one serves");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(interruption.Park);
        using var limit = options.Timeout is { } timeout
            ? frame.Clock.CreateTimer(_ => patience.Cancel(), null, timeout, System.Threading.Timeout.InfiniteTimeSpan)
            : null;
        try
        {
            await Follow(frame, options, bucket, place.Key, patience.Token);
            return ExitCode.Done;
        }
        catch (OperationCanceledException)
        {
            return interruption.Park.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.TimedOut;
        }
    }

    private static async Task Follow(
        Frame frame, Options options, EmbeddedBucket bucket, string prefix, CancellationToken cancel)
    {
        var position = options.After ?? bucket.LastEvent();
        var printed = 0;
        using var timer = new PeriodicTimer(LookEvery, frame.Clock);
        while (options.Count is not { } most || printed < most)
        {
            var page = bucket.Events(position, PageSize);
            foreach (var happened in page)
            {
                position = happened.Number;
                if (!happened.Key.StartsWith(prefix, StringComparison.Ordinal))
                    continue;
                Print(frame, options.Format, bucket, happened);
                if (++printed == options.Count)
                    return;
            }

            if (page.Count < PageSize)
                await timer.WaitForNextTickAsync(cancel);
        }
    }

    private static void Print(Frame frame, OutputFormat format, EmbeddedBucket bucket, StoreEvent happened)
    {
        var kind = happened.Kind == StoreEventKind.Finalized ? "finalized" : "deleted";
        var document = new StoreEventDocument(
            happened.Number, kind, $"{bucket.Url}/{happened.Key}", happened.Generation, happened.Size, happened.At);
        frame.Terminal.Out.WriteLine(format switch
        {
            OutputFormat.Json => JsonSerializer.Serialize(document, StoreJson.Default.StoreEventDocument),
            OutputFormat.Yaml => "---\n" + YamlText.Of(
                JsonSerializer.SerializeToElement(document, StoreJson.Default.StoreEventDocument)),
            OutputFormat.Name => document.Url,
            _ => $"{document.Position}  {document.At:yyyy-MM-dd HH:mm:ss}Z  {kind}  "
                + $"{document.Url}#{document.Generation}",
        });
    }
}
