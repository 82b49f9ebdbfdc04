using System.Security.Cryptography;
using Cairn.Platform.Stores.Files;
using Cairn.Platform.Stores.Foreign;

namespace Cairn.Platform.Stores.Embedded;

/// <summary>Files that other programs drop into the bucket's folder, change there, or remove.</summary>
public sealed partial class EmbeddedBucket
{
    /// <summary>Whether a file is as the index has it, without reading it.</summary>
    internal bool Knows(string key, FileVersion version) => _index.Read(reader =>
        _rows.Find(reader, key) is { } row && row.Path == key
        && ObservedFile.Find(reader, _folder.Full(key)) is { } seen
        && seen.Version == version.Text && seen.Generation == row.Object.Generation);

    /// <summary>
    /// Takes up a file that is complete: a version that is not in the index becomes one, with a generation and an event
    /// of its own. What the store wrote itself is none. False: it changed while it was read, or is gone.
    /// </summary>
    /// <param name="key">Its name.</param>
    /// <param name="written">
    /// A writer has just closed it: then the same bytes at another time are a new version. Found by a scan they are
    /// not, as copies get their times after their bytes, and links and modes change a file's ctime.
    /// </param>
    /// <param name="cancel">Gives up.</param>
    internal async ValueTask<bool> TakeUp(string key, bool written, CancellationToken cancel)
    {
        var path = _folder.Full(key);
        try
        {
            if (FileVersion.Of(path) is not { } version)
                return false;
            if (Knows(key, version))
                return true;
            var hash = await Hash(path, cancel);
            using var gate = await _index.Enter(cancel);
            Settle(gate);
            if (FileVersion.Of(path)?.Text != version.Text)
                return false;
            Commit(gate, key, version, hash, written);
            return true;
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception failure) when (IoFaults.Known(failure))
        {
            throw IoFaults.Say($"{path} cannot be taken up", failure);
        }
    }

    /// <summary>Objects whose files somebody removed are no objects any more; each sends a deletion.</summary>
    /// <param name="cancel">Gives up between objects.</param>
    /// <param name="prefix">Only below it, or exactly it.</param>
    internal async ValueTask ForgetMissing(CancellationToken cancel, string prefix = "")
    {
        string? after = null;
        do
        {
            var page = await List(new ListQuery { Prefix = prefix, After = after }, cancel);
            foreach (var found in page.Objects.Where(found => !File.Exists(_folder.Full(found.Key))))
                await Forget(found.Key, cancel);
            after = page.Next;
        }
        while (after is not null);
    }

    private async ValueTask Forget(string key, CancellationToken cancel)
    {
        using var gate = await _index.Enter(cancel);
        Settle(gate);
        if (_rows.Find(gate.Connection, key) is not { } row || File.Exists(_folder.Full(row.Path)))
            return;
        gate.Commit(() => _rows.Delete(gate.Connection, row, _index.Clock.GetUtcNow()));
        Settle(gate);
    }

    private void Commit(WriteGate gate, string key, FileVersion version, string hash, bool written)
    {
        var path = _folder.Full(key);
        var row = _rows.Find(gate.Connection, key);
        var seen = ObservedFile.Find(gate.Connection, path);
        if (row is not null && row.Path == key && row.Object.Sha256 == hash
            && !(written && seen is { } known && known.Generation == row.Object.Generation
                && !version.HasBytesOf(known.Version)))
        {
            // Ours, or only its times, links or mode have changed.
            gate.CommitLazily(
                ObservedFile.Write, ("$path", path), ("$version", version.Text),
                ("$generation", row.Object.Generation));
            return;
        }

        var now = BucketRows.Time(BucketRows.Micros(_index.Clock.GetUtcNow()));
        gate.Commit(() =>
        {
            var generation = _rows.NextGeneration(gate.Connection, now);
            _rows.Take(gate.Connection, new StoredObject(key, generation, version.Size, hash, now, []), key);
            gate.Connection.Run(
                ObservedFile.Write, ("$path", path), ("$version", version.Text), ("$generation", generation));
        });
    }

    private static async ValueTask<string> Hash(string path, CancellationToken cancel)
    {
        await using var file = new FileStream(Posix.OpenToRead(path), FileAccess.Read, 1 << 20);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancel));
    }
}
