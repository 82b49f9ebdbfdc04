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
    /// <summary>
    /// Puts videos flat into the dataset. A video of that name with other bytes is kept and is an error.
    /// </summary>
    public async Task UploadAsync(IReadOnlyList<TakenVideo> videos, CancellationToken stop)
    {
        var place = await workshop.Stores.Resolve(url + "/", forWrite: true, stop);
        foreach (var video in videos)
        {
            var key = $"{place.Prefix}{video.Name}.mp4";
            await RefuseReplacementAsync(place.Store, key, video.Path, stop);
            await place.Store.Put(key, new Content.LocalFile(video.Path), WriteTerms.Any, stop);
        }
    }

    /// <summary>Copies videos from elsewhere in a store, bytes unchanged; returns their stems.</summary>
    public async Task<IReadOnlyList<string>> CopyAsync(string source, CancellationToken stop)
    {
        var from = await workshop.Stores.Resolve(source, forWrite: false, stop);
        var to = await workshop.Stores.Resolve(url + "/", forWrite: true, stop);
        var keys = await KeysAsync(from, stop);
        foreach (var key in keys)
        {
            await using var opened = await from.Store.Open(key, stop)
                ?? throw new CommandFailure(ExitCode.NotFound, $"{from.Store.Url}/{key} is gone");
            await to.Store.Put(
                $"{to.Prefix}{Path.GetFileName(key)}", new Content.Streamed(opened.Stream), WriteTerms.Any, stop);
        }

        return Stems(keys, source);
    }

    /// <summary>
    /// Stems of the videos in the dataset, sorted. Throws <see cref="CommandFailure"/> (4) when it has none.
    /// </summary>
    public async Task<IReadOnlyList<string>> StemsAsync(CancellationToken stop)
    {
        var place = await workshop.Stores.Resolve(url + "/", forWrite: false, stop);
        return Stems(await KeysAsync(place, stop), url);
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

    /// <summary>A user's video is never replaced by another one (docs/vda.md, prohibitions).</summary>
    private static async Task RefuseReplacementAsync(
        IObjectStore store, string key, string path, CancellationToken stop)
    {
        await using var present = await store.Open(key, stop);
        if (present is null)
            return;
        await using var file = File.OpenRead(path);
        var given = await SHA256.HashDataAsync(file, stop);
        var stored = await SHA256.HashDataAsync(present.Stream, stop);
        if (!given.SequenceEqual(stored))
            throw new CommandFailure(
                ExitCode.Usage, $"{store.Url}/{key} is there already, with other contents; it is not replaced",
                "give another dataset name with --dataset");
    }
}
