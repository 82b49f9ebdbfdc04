namespace Cairn.Platform.Stores.Transfers;

/// <summary>Brings objects into folders and files into stores, in the layouts of spec/osmo.md 4.2 and 4.3.</summary>
public sealed class StoreTransfers(ObjectStores stores)
{
    /// <summary>
    /// Downloads a URL into a folder. An object of exactly that name comes alone, under its last name, unfiltered; else
    /// everything below the prefix comes at its relative path, if the filter takes that path. A file that is already
    /// there is replaced; each file appears whole or not at all.
    /// </summary>
    /// <param name="url">Of an object or a prefix.</param>
    /// <param name="matches">The compiled regex, start-anchored, on the relative path; null takes all.</param>
    /// <param name="folder">An existing folder, or one to be made.</param>
    /// <param name="sharing">Whether links into the store are allowed.</param>
    /// <param name="cancel">Gives up between and within files.</param>
    /// <exception cref="StoreException">The store fails, or the folder cannot be written.</exception>
    public async Task<TransferResult> Download(
        string url, Func<string, bool>? matches, string folder, FileSharing sharing, CancellationToken cancel)
    {
        var place = await stores.Resolve(url, forWrite: false, cancel);
        var landing = new LandingFolder(folder, sharing);
        if (!place.IsFolder && await place.Store.Open(place.Key, cancel) is { } single)
        {
            await using (single)
                return new TransferResult(1, await landing.Take(single, FileName(place.Key), cancel), []);
        }

        var (files, bytes, seen) = (0, 0L, 0);
        await foreach (var found in All(place.Store, place.Prefix, cancel))
        {
            var relative = found.Key[place.Prefix.Length..];
            seen++;
            if (relative.Length == 0 || relative.EndsWith('/') || matches?.Invoke(relative) == false)
                continue;
            // Deleted since it was listed: it is as if it had never been there.
            if (await place.Store.Open(found.Key, cancel) is not { } opened)
                continue;
            await using (opened)
                bytes += await landing.Take(opened, relative, cancel);
            files++;
        }

        return new TransferResult(files, bytes, Nothing(files, seen, url));
    }

    /// <summary>
    /// Uploads files below a URL. What is there under the same names is replaced, nothing is deleted. Links to files
    /// are
    /// followed, links to folders are not. Files go in the order of their names.
    /// </summary>
    /// <param name="source">What to upload.</param>
    /// <param name="url">The prefix.</param>
    /// <param name="matches">The compiled regex, start-anchored, on the relative key; null takes all.</param>
    /// <param name="terms">Effect key and permissions.</param>
    /// <param name="cancel">Gives up between and within files.</param>
    /// <exception cref="StoreException">The store fails, or a file cannot be read.</exception>
    public async Task<TransferResult> Upload(
        UploadSource source, string url, Func<string, bool>? matches, UploadTerms terms, CancellationToken cancel)
    {
        var place = await stores.Resolve(url, forWrite: true, cancel);
        var local = LocalFiles.Of(source, terms.Seen);
        var (files, bytes, seen) = (0, 0L, 0);
        foreach (var (path, relative) in local.Files)
        {
            seen++;
            if (source is not UploadSource.OneFile && matches?.Invoke(relative) == false)
                continue;
            var answer = await place.Store.Put(
                place.Prefix + relative, new Content.LocalFile(path, terms.Final),
                new WriteTerms { EffectKey = terms.EffectKey }, cancel);
            if (answer is WriteAnswer.Written written)
                bytes += written.Object.Size;
            files++;
        }

        return new TransferResult(files, bytes, [.. local.Warnings, .. Nothing(files, seen, url)]);
    }

    /// <summary>Everything below a prefix, page by page.</summary>
    public static async IAsyncEnumerable<StoredObject> All(
        IObjectStore store,
        string prefix,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        string? after = null;
        do
        {
            var page = await store.List(new ListQuery { Prefix = prefix, After = after }, cancel);
            foreach (var found in page.Objects)
                yield return found;
            after = page.Next;
        }
        while (after is not null);
    }

    private static string FileName(string key)
    {
        var name = key[(key.LastIndexOf('/') + 1)..];
        var query = name.IndexOf('?', StringComparison.Ordinal);
        return query > 0 ? name[..query] : name;
    }

    private static IReadOnlyList<string> Nothing(int files, int seen, string url) => (files, seen) switch
    {
        (0, 0) => [$"No entries found for prefix: {url}"],
        (0, _) => [$"No entries of {url} matched the regex"],
        _ => [],
    };
}
