using Cairn.Platform.Stores.Embedded;
using Cairn.Platform.Stores.Files;

namespace Cairn.Platform.Stores.Foreign;

/// <summary>
/// A plain folder (`file:`) that others change too. Versions are observed, not made: their generations are ours alone.
/// A write goes to a temporary file beside its place, synced and renamed; the effect key is an extended attribute of
/// the
/// file, so it appears with the bytes or not at all, and where the file system has no attributes a repeated write is
/// simply written again. `ifGeneration` 0 is exact against everybody (link), n only against other Cairn processes.
/// Symbolic links to files are read, links to folders are neither read nor written through.
/// </summary>
public sealed class FolderStore(string root, StoreIndex index, IStoreFiles files) : IObjectStore
{
    private const string EffectAttribute = "user.cairn-effect";

    private readonly FolderPaths _paths = new(Path.GetFullPath(root), files);
    private readonly ObservedVersions _versions = new(index);

    /// <inheritdoc/>
    public string Url { get; } = "file://" + (Path.GetFullPath(root) is "/" ? "" : Path.GetFullPath(root));

    /// <inheritdoc/>
    public async ValueTask<StoredObject?> Stat(string key, CancellationToken cancel)
    {
        var path = _paths.Of(key);
        try
        {
            if (FileVersion.Of(path) is not { } version)
                return null;
            var number = await _versions.Number([(path, version.Text)], cancel);
            return Describe(key, version, number[0]);
        }
        catch (Exception failure) when (IoFaults.Known(failure))
        {
            throw IoFaults.Say($"{path} cannot be read", failure);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<OpenedObject?> Open(string key, CancellationToken cancel)
    {
        var path = _paths.Of(key);
        try
        {
            while (await Stat(key, cancel) is { } before)
            {
                var stream = new FileStream(
                    path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16,
                    FileOptions.Asynchronous | FileOptions.SequentialScan);
                if (await Stat(key, cancel) is { } now && now.Generation == before.Generation)
                    return new OpenedObject(now, stream, path);
                await stream.DisposeAsync();
            }

            return null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (Exception failure) when (IoFaults.Known(failure))
        {
            throw IoFaults.Say($"{path} cannot be read", failure);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<WriteAnswer> Put(string key, Content content, WriteTerms terms, CancellationToken cancel)
    {
        var path = _paths.Of(key);
        try
        {
            using (await index.Enter(cancel))
                _paths.Prepare(key);
            await using var temp = await TempFile.Write(FolderPaths.Temp(path), files, Copied(content), cancel);
            var request = $"put sha256={temp.Sha256} if={terms.IfGeneration}";
            if (terms.EffectKey is { } effect)
                Posix.Attach(temp.Path, EffectAttribute, $"{effect} {request}");
            using var gate = await index.Enter(cancel);
            return Commit(gate, key, temp, terms, request);
        }
        catch (Exception failure) when (IoFaults.Known(failure))
        {
            throw IoFaults.Say($"{path} cannot be written", failure);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<WriteAnswer?> Copy(string from, string to, WriteTerms terms, CancellationToken cancel)
    {
        await using var source = await Open(from, cancel);
        return source is null ? null : await Put(to, new Content.Streamed(source.Stream), terms, cancel);
    }

    /// <inheritdoc/>
    /// <remarks>A repeated delete finds nothing and says so: <see cref="WriteAnswer.Absent"/> is success
    /// here.</remarks>
    public async ValueTask<WriteAnswer> Delete(string key, WriteTerms terms, CancellationToken cancel)
    {
        var path = _paths.Of(key);
        try
        {
            using var gate = await index.Enter(cancel);
            if (FileVersion.Of(path) is not { } version)
                return WriteAnswer.Absent.Instance;
            var generation = _versions.Number(gate, [(path, version.Text)])[0];
            if (terms.IfGeneration is { } expected && expected != generation)
                return new WriteAnswer.Refused(expected, generation);
            files.Remove(path);
            files.SyncFolder(Path.GetDirectoryName(path)!);
            return new WriteAnswer.Deleted(generation, Repeated: false);
        }
        catch (Exception failure) when (IoFaults.Known(failure))
        {
            throw IoFaults.Say($"{path} cannot be deleted", failure);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<ListPage> List(ListQuery query, CancellationToken cancel)
    {
        try
        {
            var page = FolderListing.Page(_paths.Root, query);
            var numbers = await _versions.Number(
                [.. page.Files.Select(file => (Path.Combine(_paths.Root, file.Key), file.Version.Text))], cancel);
            return new ListPage(
                [.. page.Files.Select((file, i) => Describe(file.Key, file.Version, numbers[i]))],
                page.Prefixes, page.Next);
        }
        catch (Exception failure) when (IoFaults.Known(failure))
        {
            throw IoFaults.Say($"{_paths.Root}/{query.Prefix} cannot be listed", failure);
        }
    }

    private WriteAnswer Commit(WriteGate gate, string key, TempFile temp, WriteTerms terms, string request)
    {
        var path = _paths.Of(key);
        var there = FileVersion.Of(path);
        if (there is { } same && terms.EffectKey is { } effect && Repeated(path, effect, request))
            return new WriteAnswer.Written(
                Describe(key, same, _versions.Number(gate, [(path, same.Text)])[0]), Repeated: true);
        if (terms.IfGeneration is { } expected)
        {
            var actual = there is { } now ? _versions.Number(gate, [(path, now.Text)])[0] : 0;
            if (actual != expected)
                return new WriteAnswer.Refused(expected, actual);
        }

        temp.Release();
        if (terms.IfGeneration != 0)
        {
            files.Rename(temp.Path, path);
            temp.Keep();
        }
        else if (!files.TryLink(temp.Path, path))
        {
            var winner = FileVersion.Of(path);
            return winner is { } other
                ? new WriteAnswer.Refused(0, _versions.Number(gate, [(path, other.Text)])[0])
                : throw new StoreException(StoreFault.Io, $"{path} cannot be made: the file system has no hard links");
        }
        else
        {
            files.Remove(temp.Path);
            temp.Keep();
        }

        files.SyncFolder(Path.GetDirectoryName(path)!);
        var version = FileVersion.Of(path)
            ?? throw new StoreException(StoreFault.Damaged, $"{path} was removed while it was being written");
        return new WriteAnswer.Written(
            Describe(key, version, _versions.Number(gate, [(path, version.Text)])[0]), Repeated: false);
    }

    private static bool Repeated(string path, string effect, string request)
    {
        var known = Posix.Attached(path, EffectAttribute);
        if (known is null || !known.StartsWith(effect + " ", StringComparison.Ordinal))
            return false;
        return known == $"{effect} {request}" ? true : throw new StoreException(
            StoreFault.KeyReused, $"{path} was written under this effect key with another request",
            $"first: {known[(effect.Length + 1)..]}; now: {request}");
    }

    // A hard link would carry the attribute and the owner of the source: foreign folders get files of their own.
    private static Content Copied(Content content) =>
        content is Content.LocalFile file ? file with { Final = false } : content;

    private static StoredObject Describe(string key, FileVersion version, long generation) =>
        new(key, generation, version.Size, null, version.Modified, []);
}
