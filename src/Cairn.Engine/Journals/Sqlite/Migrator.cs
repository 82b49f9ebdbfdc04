using System.Globalization;
using System.Reflection;

namespace Cairn.Engine.Journals.Sqlite;

/// <summary>
/// Brings a journal file to the newest version: numbered SQL files inside this assembly, each in its own transaction,
/// forward only. The version stands in the file (`user_version`), its kind too (`application_id`).
/// </summary>
internal static class Migrator
{
    /// <summary>"CRNJ": a file with another one is no journal of cairn.</summary>
    private const int ApplicationId = 0x43524e4a;

    private const string Folder = "Cairn.Engine.Journals.Sqlite.Migrations.";

    /// <summary>The version that this build writes.</summary>
    public static int Newest => Files().Length;

    /// <summary>
    /// Migrates; throws <see cref="JournalRefusedException"/> for a file that is not ours or is newer.
    /// </summary>
    public static void Migrate(Database database, string path, int target = int.MaxValue)
    {
        var version = Known(database, path);
        var files = Files();
        for (var next = (int)version; next < Math.Min(target, files.Length); next++)
        {
            database.Run("BEGIN IMMEDIATE");
            // Another process may have been faster: look again under the lock.
            if (database.Number("PRAGMA user_version") == next)
            {
                database.Run(Read(files[next]));
                database.Run(string.Create(
                    CultureInfo.InvariantCulture,
                    $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {next + 1}"));
            }

            database.Run("COMMIT");
        }
    }

    /// <summary>The file's version, checked.</summary>
    public static long Known(Database database, string path)
    {
        var version = database.Number("PRAGMA user_version");
        var application = database.Number("PRAGMA application_id");
        var isEmpty = database.Number("SELECT count(*) FROM sqlite_schema") == 0;
        if (application != ApplicationId && !isEmpty)
            throw new JournalRefusedException($"{path} is not a journal of cairn", "name another state folder");
        if (version > Newest)
            throw new JournalRefusedException(
                $"{path} has version {version}, this cairn knows versions up to {Newest}",
                "use the cairn that wrote it, or a newer one");
        return version;
    }

    private static string[] Files() =>
        [.. typeof(Migrator).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
