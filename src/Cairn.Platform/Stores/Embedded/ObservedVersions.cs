using Microsoft.Data.Sqlite;

namespace Cairn.Platform.Stores.Embedded;

/// <summary>
/// Generations for files that have none of their own: a version seen for the first time gets max(last + 1, now in
/// microseconds) (architecture 6).
/// </summary>
internal sealed class ObservedVersions(StoreIndex index)
{
    /// <summary>The generation of each file's version, in order.</summary>
    internal async ValueTask<IReadOnlyList<long>> Number(
        IReadOnlyList<(string Path, string Version)> files, CancellationToken cancel)
    {
        var numbers = index.Read(reader => files.Select(file => Find(reader, file.Path, file.Version)).ToArray());
        if (numbers.All(number => number is not null))
            return [.. numbers.Select(number => number!.Value)];
        using var gate = await index.Enter(cancel);
        return Number(gate, files);
    }

    /// <summary>The same, for a caller that writes.</summary>
    internal IReadOnlyList<long> Number(WriteGate gate, IReadOnlyList<(string Path, string Version)> files)
    {
        var numbers = new long[files.Count];
        var now = BucketRows.Micros(index.Clock.GetUtcNow());
        gate.Commit(() =>
        {
            for (var i = 0; i < numbers.Length; i++)
                numbers[i] = Find(gate.Connection, files[i].Path, files[i].Version) ?? gate.Connection.Number(
                    """
                    INSERT INTO observed (path, version, generation) VALUES ($path, $version, $now)
                    ON CONFLICT (path) DO UPDATE SET
                        version = excluded.version, generation = MAX(generation + 1, excluded.generation)
                    RETURNING generation
                    """,
                    ("$path", files[i].Path), ("$version", files[i].Version), ("$now", now))!.Value;
        });
        return numbers;
    }

    private static long? Find(SqliteConnection connection, string path, string version) => connection.Number(
        "SELECT generation FROM observed WHERE path = $path AND version = $version",
        ("$path", path), ("$version", version));
}
