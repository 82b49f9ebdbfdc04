using System.Security.Cryptography;
using Cairn.Cli.Composition;
using Cairn.Cli.Faults;
using Cairn.Cli.Terminals;
using Cairn.Platform.Stores;
using Cairn.Platform.Stores.Transfers;

namespace Cairn.Cli.Video;

/// <summary>
/// The input folder of a run in its store: filled from local files or from elsewhere in a store, never changed.
/// </summary>
internal sealed class VideoDataset(Workshop workshop, string url)
{
    /// <summary>Throws when no store here answers for the dataset's URL. Makes nothing.</summary>
    public async Task RequireStoreAsync(CancellationToken stop)
    {
        try
        {
            await workshop.Stores.Resolve(url + "/", forWrite: false, stop);
        }
        catch (StoreException missing) when (missing.Fault == StoreFault.NotFound)
        {
            // The first write makes it.
        }
    }

    /// <summary>Throws when a run of this dataset has left anything: a run id is never used twice.</summary>
    public async Task RefuseUsedRunAsync(string runId, CancellationToken stop)
    {
        try
        {
            var place = await workshop.Stores.Resolve($"{url}-outputs/{runId}/", forWrite: false, stop);
            var page = await place.Store.List(new ListQuery { Prefix = place.Prefix, Limit = 1 }, stop);
            if (page.Objects.Count > 0)
                throw new CommandFailure(
                    ExitCode.Usage, $"the run id {runId} was used already: {url}-outputs/{runId}",
                    "leave --run-id away for a fresh one; a parked run goes on with: cairn runs resume");
        }
        catch (StoreException missing) when (missing.Fault == StoreFault.NotFound)
        {
            // Where no store is, no run was.
        }
    }

    /// <summary>
    /// Throws when the dataset holds a video of one of these names with other bytes: it is never replaced
    /// (docs/vda.md, what is never done).
    /// </summary>
    public async Task RefuseReplacementAsync(IReadOnlyList<TakenVideo> videos, CancellationToken stop)
    {
        foreach (var video in videos)
        {
            await using var file = File.OpenRead(video.Path);
            await IsThereAsync(video.Name, file, stop);
        }
    }

    /// <summary>Puts videos flat into the dataset; what is there already stays.</summary>
    public async Task UploadAsync(IReadOnlyList<TakenVideo> videos, CancellationToken stop)
    {
        var place = await workshop.Stores.Resolve(url + "/", forWrite: true, stop);
        foreach (var video in videos)
        {
            await using var file = File.OpenRead(video.Path);
            if (!await IsThereAsync(video.Name, file, stop))
                await place.Store.Put(
                    $"{place.Prefix}{video.Name}.mp4", new Content.LocalFile(video.Path), WriteTerms.Any, stop);
        }
    }

    /// <summary>Copies videos from elsewhere in a store, bytes unchanged; what is there already stays.</summary>
    public async Task CopyAsync(string source, CancellationToken stop)
    {
        var from = await workshop.Stores.Resolve(source, forWrite: false, stop);
        var to = await workshop.Stores.Resolve(url + "/", forWrite: true, stop);
        foreach (var key in await KeysAsync(from, stop))
        {
            await using (var compared = await OpenAsync(from.Store, key, stop))
                if (await IsThereAsync(Path.GetFileNameWithoutExtension(key), compared.Stream, stop))
                    continue;
            await using var opened = await OpenAsync(from.Store, key, stop);
            await to.Store.Put(
                $"{to.Prefix}{Path.GetFileName(key)}", new Content.Streamed(opened.Stream), WriteTerms.Any, stop);
        }
    }

    /// <summary>
    /// Stems of the videos in the dataset, sorted. Throws <see cref="CommandFailure"/> (4) when it has none.
    /// </summary>
    public Task<IReadOnlyList<string>> StemsAsync(CancellationToken stop) => StemsAsync(url + "/", stop);

    /// <summary>Stems of the videos below another URL, or of the one video that it names.</summary>
    public async Task<IReadOnlyList<string>> StemsAsync(string source, CancellationToken stop)
    {
        var place = await workshop.Stores.Resolve(source, forWrite: false, stop);
        return Stems(await KeysAsync(place, stop), source);
    }

    private static async Task<List<string>> KeysAsync(ObjectPlace place, CancellationToken stop)
    {
        if (!place.IsFolder && place.Key.EndsWith(".mp4", StringComparison.OrdinalIgnoreCase))
            return [place.Key];
        var keys = new List<string>();
        await foreach (var stored in StoreTransfers.All(place.Store, place.Prefix, stop))
            if (stored.Key.EndsWith(".mp4", StringComparison.OrdinalIgnoreCase))
                keys.Add(stored.Key);
        return keys;
    }

    private static IReadOnlyList<string> Stems(List<string> keys, string where)
    {
        var stems = keys.Select(key => Path.GetFileNameWithoutExtension(key)).ToList();
        if (stems.Count == 0)
            throw new CommandFailure(
                ExitCode.NotFound, $"there is no .mp4 below {where}", "upload the videos there, or name a local file");
        return stems.Distinct().Count() == stems.Count
            ? [.. stems.Order(StringComparer.Ordinal)]
            : throw new CommandFailure(
                ExitCode.Usage, $"two videos below {where} have the same name", "each stem must be there once");
    }

    private static async Task<OpenedObject> OpenAsync(IObjectStore store, string key, CancellationToken stop) =>
        await store.Open(key, stop) ?? throw new CommandFailure(ExitCode.NotFound, $"{store.Url}/{key} is gone");

    private async Task<bool> IsThereAsync(string name, Stream given, CancellationToken stop)
    {
        await using var present = await FindAsync($"{name}.mp4", stop);
        if (present is null)
            return false;
        var wanted = await SHA256.HashDataAsync(given, stop);
        var stored = await SHA256.HashDataAsync(present.Stream, stop);
        return wanted.SequenceEqual(stored) ? true : throw new CommandFailure(
            ExitCode.Usage, $"{url}/{name}.mp4 is there already, with other contents; it is not replaced",
            "give another dataset name with --dataset");
    }

    private async Task<OpenedObject?> FindAsync(string name, CancellationToken stop)
    {
        try
        {
            var place = await workshop.Stores.Resolve(url + "/", forWrite: false, stop);
            return await place.Store.Open(place.Prefix + name, stop);
        }
        catch (StoreException missing) when (missing.Fault == StoreFault.NotFound)
        {
            return null;
        }
    }
}
