using Microsoft.Data.Sqlite;

namespace Cairn.Platform.Stores.Embedded;

/// <summary>The version of a file as the index saw it last, and the generation that it has.</summary>
internal readonly record struct ObservedFile(string Version, long Generation)
{
    /// <summary>The statement that notes what was seen: `$path`, `$version`, `$generation`.</summary>
    internal const string Write = """
        INSERT INTO observed (path, version, generation) VALUES ($path, $version, $generation)
        ON CONFLICT (path) DO UPDATE SET version = excluded.version, generation = excluded.generation
        """;

    internal static ObservedFile? Find(SqliteConnection connection, string path) => connection.All(
        "SELECT version, generation FROM observed WHERE path = $path",
        row => (ObservedFile?)new ObservedFile(row.GetString(0), row.GetInt64(1)), ("$path", path)).FirstOrDefault();
}
