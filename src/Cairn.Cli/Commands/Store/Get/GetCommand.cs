using System.CommandLine;
using Cairn.Cli.Composition;
using Cairn.Cli.Faults;
using Cairn.Cli.Flags;
using Cairn.Cli.Progress;
using Cairn.Cli.Terminals;
using Cairn.Platform.Stores;
using Cairn.Platform.Stores.Transfers;

namespace Cairn.Cli.Commands.Store.Get;

/// <summary>`cairn store get URL [PATH]`: objects as files; each appears whole or not at all.</summary>
internal static class GetCommand
{
    /// <summary>What it was asked.</summary>
    internal sealed record Options(string Url, string Path, long? IfGeneration, bool Recursive, string? Home);

    /// <summary>The command.</summary>
    public static Command Create(Frame frame)
    {
        var url = StoreFlags.Url("An object, or with -r a prefix");
        var path = new Argument<string>("PATH")
        {
            Description = "A file or a folder (default: the current one)",
            DefaultValueFactory = _ => ".",
        };
        var generation = StoreFlags.IfGeneration();
        var recursive = StoreFlags.Recursive();
        var command = new Command("get", "Brings objects into files") { url, path, generation, recursive };
        command.SetAction((parsed, cancel) => RunAsync(frame, new Options(
            parsed.GetRequiredValue(url), parsed.GetRequiredValue(path), parsed.GetValue(generation),
            parsed.GetValue(recursive), parsed.GetValue(GlobalFlags.Home)), cancel));
        return command;
    }

    internal static async Task<int> RunAsync(Frame frame, Options options, CancellationToken cancel)
    {
        using var stores = StoreDesk.Open(frame, Site.Find(frame, options.Home));
        using var progress = new TransferProgress(frame.Terminal, frame.Clock);
        var target = frame.PathOf(options.Path);
        if (options.Recursive)
            return await GetAll(frame, stores, options, target, progress, cancel);
        await using var opened = await ObjectReading.Open(stores, options.Url, options.IfGeneration, cancel);
        var name = opened.Object.Key[(opened.Object.Key.LastIndexOf('/') + 1)..];
        if (Directory.Exists(target) || options.Path.EndsWith('/'))
            target = Path.Combine(target, name);
        progress.Begin($"get {name}", opened.Object.Size);
        await Land(opened, target, progress, cancel);
        frame.Terminal.Out.WriteLine(target);
        return ExitCode.Done;
    }

    private static async Task<int> GetAll(
        Frame frame, ObjectStores stores, Options options, string target, TransferProgress progress,
        CancellationToken cancel)
    {
        var place = await stores.Resolve(StoreFlags.Address(options.Url), forWrite: false, cancel);
        var taken = 0;
        await foreach (var found in StoreTransfers.All(place.Store, place.Prefix, cancel))
        {
            var relative = found.Key[place.Prefix.Length..];
            if (await place.Store.Open(found.Key, cancel) is not { } opened)
                continue;
            await using (opened)
            {
                progress.Begin($"get {relative}", opened.Object.Size);
                await Land(opened, Path.Combine(target, relative), progress, cancel);
            }

            frame.Terminal.Out.WriteLine(Path.Combine(target, relative));
            taken++;
        }

        return taken > 0 ? ExitCode.Done : throw new CommandFailure(
            ExitCode.NotFound, $"there is nothing below {options.Url}", "without -r a single object is meant");
    }

    // Beside its place first: a file with the right name is never half of it.
    private static async Task Land(
        OpenedObject opened, string target, TransferProgress progress, CancellationToken cancel)
    {
        var folder = Path.GetDirectoryName(target)!;
        Directory.CreateDirectory(folder);
        var part = Path.Combine(folder, $".{Path.GetFileName(target)}.part");
        try
        {
            await using (var file = File.Create(part))
                await progress.Copy(opened.Stream, file, cancel);
            File.Move(part, target, overwrite: true);
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }
}
