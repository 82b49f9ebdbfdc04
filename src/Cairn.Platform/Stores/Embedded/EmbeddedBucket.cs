using Cairn.Platform.Stores.Files;
using Cairn.Platform.Stores.Foreign;
using Microsoft.Data.Sqlite;

namespace Cairn.Platform.Stores.Embedded;

/// <summary>
/// Our own store (architecture 6): a folder that mirrors the keys, and an index. A put writes a temporary file and
/// syncs
/// it; one transaction holds object row, event row, remembered answer and the move that is due; then the rename, the
/// sync of the folder, and only then the answer. What a crash leaves between transaction and rename is finished by
/// whoever comes next, under the same lock, before anything else is read or written there.
/// </summary>
public sealed partial class EmbeddedBucket : IObjectStore
{
    private readonly StoreIndex _index;
    private readonly BucketFolder _folder;
    private readonly BucketRows _rows;

    private EmbeddedBucket(string name, StoreIndex index, BucketFolder folder, BucketRows rows)
    {
        Url = $"cairn://{name}";
        _index = index;
        _folder = folder;
        _rows = rows;
    }

    /// <inheritdoc/>
    public string Url { get; }

    /// <summary>The folder that mirrors the keys, absolute.</summary>
    public string Root => _folder.Root;

    /// <summary>Opens a bucket, makes it if it is new, and finishes what a crash left.</summary>
    public static async ValueTask<EmbeddedBucket> Open(
        string name, string root, StoreIndex index, IStoreFiles files, CancellationToken cancel)
    {
        try
        {
            var folder = new BucketFolder(Path.GetFullPath(root), files);
            using var gate = await index.Enter(cancel);
            var rows = BucketRows.Open(gate, name);
            folder.Open(rows.Moves(gate.Connection));
            var bucket = new EmbeddedBucket(name, index, folder, rows);
            bucket.Settle(gate);
            return bucket;
        }
        catch (Exception failure) when (IoFaults.Known(failure))
        {
            throw IoFaults.Say($"the store cairn://{name} cannot be opened in {root}", failure);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<StoredObject?> Stat(string key, CancellationToken cancel)
    {
        ObjectKey.Check(key);
        return (await Settled(key, cancel))?.Object;
    }

    /// <inheritdoc/>
    public async ValueTask<OpenedObject?> Open(string key, CancellationToken cancel)
    {
        ObjectKey.Check(key);
        try
        {
            while (await Settled(key, cancel) is { } row)
            {
                var stream = _folder.TryOpen(row.Path);
                if (_index.Read(reader => _rows.Find(reader, key)) is { } now
                    && now.Object.Generation == row.Object.Generation)
                {
                    return stream is null ? throw Missing(row) : new OpenedObject(row.Object, stream, stream.Name);
                }

                if (stream is not null)
                    await stream.DisposeAsync();
            }

            return null;
        }
        catch (Exception failure) when (IoFaults.Known(failure))
        {
            throw IoFaults.Say($"{Url}/{key} cannot be read", failure);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<WriteAnswer> Put(string key, Content content, WriteTerms terms, CancellationToken cancel)
    {
        ObjectKey.Check(key);
        try
        {
            if (await AnsweredBefore(key, content, terms, cancel) is { } known)
                return known;
            await using var temp = await _folder.Write(content, cancel);
            using var gate = await _index.Enter(cancel);
            Settle(gate);
            return Commit(gate, key, temp, terms);
        }
        catch (Exception failure) when (IoFaults.Known(failure))
        {
            throw IoFaults.Say($"{Url}/{key} cannot be written", failure);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<WriteAnswer?> Copy(string from, string to, WriteTerms terms, CancellationToken cancel)
    {
        if (terms.EffectKey is { } effect
            && _index.Read(reader => _rows.Answer(reader, ObjectKey.Check(to), effect)) is { } first)
            return Repeat(to, first, CopyRequest(from, terms));
        while (await Open(from, cancel) is { LocalPath: { } path } source)
        {
            await using var opened = source;
            var copied = terms with { Metadata = terms.Metadata.Count > 0 ? terms.Metadata : source.Object.Metadata };
            await using var temp = await _folder.Write(new Content.LocalFile(path), cancel);
            if (temp.Sha256 != source.Object.Sha256)
                continue;
            using var gate = await _index.Enter(cancel);
            Settle(gate);
            return Commit(gate, ObjectKey.Check(to), temp, copied, CopyRequest(from, terms));
        }

        return null;
    }

    /// <inheritdoc/>
    public async ValueTask<WriteAnswer> Delete(string key, WriteTerms terms, CancellationToken cancel)
    {
        ObjectKey.Check(key);
        try
        {
            using var gate = await _index.Enter(cancel);
            Settle(gate);
            return CommitDelete(gate, key, terms);
        }
        catch (Exception failure) when (IoFaults.Known(failure))
        {
            throw IoFaults.Say($"{Url}/{key} cannot be deleted", failure);
        }
    }

    /// <inheritdoc/>
    public ValueTask<ListPage> List(ListQuery query, CancellationToken cancel)
    {
        try
        {
            return ValueTask.FromResult(_index.Read(reader => BucketListing.Page(_rows, reader, query)));
        }
        catch (SqliteException failure)
        {
            throw IoFaults.Say($"{Url}/{query.Prefix} cannot be listed", failure);
        }
    }

    /// <summary>Events behind a position, in order, none before its object's bytes are in place.</summary>
    public IReadOnlyList<StoreEvent> Events(long after, int limit) =>
        _index.Read(reader => _rows.Events(reader, after, limit));

    /// <summary>The position of the last event of this bucket, 0 when nothing ever happened in it.</summary>
    public long LastEvent() => _index.Read(_rows.LastEvent);

    private WriteAnswer Commit(
        WriteGate gate, string key, TempFile temp, WriteTerms terms, string? copyRequest = null)
    {
        var request = copyRequest ?? PutRequest(temp.Sha256, terms);
        if (terms.EffectKey is { } effect && _rows.Answer(gate.Connection, key, effect) is { } first)
            return Repeat(key, first, request);
        var old = _rows.Find(gate.Connection, key);
        if (terms.IfGeneration is { } expected && expected != (old?.Object.Generation ?? 0))
            return new WriteAnswer.Refused(expected, old?.Object.Generation ?? 0);
        var path = _folder.Place(key);
        temp.Release();
        var now = BucketRows.Time(BucketRows.Micros(_index.Clock.GetUtcNow()));
        StoredObject? stored = null;
        gate.Commit(() =>
        {
            var generation = _rows.NextGeneration(gate.Connection, now);
            stored = new StoredObject(key, generation, temp.Size, temp.Sha256, now, Sorted(terms.Metadata));
            _rows.Put(gate.Connection, stored, path, temp.Name, old?.Path);
            if (terms.EffectKey is { } writer)
                _rows.Remember(gate.Connection, key, writer, request, generation, stored);
        });
        temp.Keep();
        Settle(gate);
        return new WriteAnswer.Written(stored!, Repeated: false);
    }

    private WriteAnswer CommitDelete(WriteGate gate, string key, WriteTerms terms)
    {
        var request = $"delete if={terms.IfGeneration}";
        if (terms.EffectKey is { } effect && _rows.Answer(gate.Connection, key, effect) is { } first)
            return Repeat(key, first, request);
        if (_rows.Find(gate.Connection, key) is not { } row)
            return WriteAnswer.Absent.Instance;
        var generation = row.Object.Generation;
        if (terms.IfGeneration is { } expected && expected != generation)
            return new WriteAnswer.Refused(expected, generation);
        gate.Commit(() =>
        {
            _rows.Delete(gate.Connection, row, _index.Clock.GetUtcNow());
            if (terms.EffectKey is { } writer)
                _rows.Remember(gate.Connection, key, writer, request, generation, null);
        });
        Settle(gate);
        return new WriteAnswer.Deleted(generation, Repeated: false);
    }

    // Before the bytes are written once more: the answer may be known, or the condition already broken.
    private async ValueTask<WriteAnswer?> AnsweredBefore(
        string key, Content content, WriteTerms terms, CancellationToken cancel)
    {
        if (terms.EffectKey is { } effect && _index.Read(reader => _rows.Answer(reader, key, effect)) is { } first)
        {
            await Settled(key, cancel);
            if (await TempFile.HashOf(content, cancel) is { } hash)
                return Repeat(key, first, PutRequest(hash, terms));
            return null;
        }

        if (terms.IfGeneration is not { } expected)
            return null;
        var actual = (await Settled(key, cancel))?.Object.Generation ?? 0;
        return actual == expected ? null : new WriteAnswer.Refused(expected, actual);
    }

    private WriteAnswer Repeat(string key, AnswerRow first, string request)
    {
        if (first.Request != request)
            throw new StoreException(
                StoreFault.KeyReused, $"{Url}/{key} was written under this effect key with another request",
                $"first: {first.Request}; now: {request}");
        return first.Object is { } stored
            ? new WriteAnswer.Written(stored, Repeated: true)
            : new WriteAnswer.Deleted(first.Generation, Repeated: true);
    }

    // The row of a key whose bytes are in place: a committed move of another process that died is finished first.
    private async ValueTask<ObjectRow?> Settled(string key, CancellationToken cancel)
    {
        if (_index.Read(reader => _rows.Moving(reader, key)))
        {
            using var gate = await _index.Enter(cancel);
            Settle(gate);
        }

        return _index.Read(reader => _rows.Find(reader, key));
    }

    private void Settle(WriteGate gate)
    {
        var moves = _rows.Moves(gate.Connection);
        foreach (var move in moves)
        {
            _folder.Perform(move);
            // What we wrote is not taken for a stranger's when the folder is watched.
            if (move.Temp is not null && FileVersion.Of(_folder.Full(move.Path)) is { } version)
                _rows.Wrote(gate, move.Path, _folder.Full(move.Path), version.Text);
        }

        if (moves.Count > 0)
            _rows.Moved(gate, moves[^1].Number);
    }

    private StoreException Missing(ObjectRow row) => new(
        StoreFault.Damaged, $"{Url}/{row.Object.Key} is in the index, but {_folder.Full(row.Path)} is gone",
        "somebody removed it by hand: put it again, or `cairn store rm` it");

    private static string PutRequest(string sha256, WriteTerms terms) =>
        $"put sha256={sha256} if={terms.IfGeneration} metadata={MetadataText.Write(terms.Metadata)}";

    private static string CopyRequest(string from, WriteTerms terms) =>
        $"copy from={from} if={terms.IfGeneration} metadata={MetadataText.Write(terms.Metadata)}";

    private static IReadOnlyList<KeyValuePair<string, string>> Sorted(
        IReadOnlyList<KeyValuePair<string, string>> metadata) => MetadataText.Read(MetadataText.Write(metadata));
}
