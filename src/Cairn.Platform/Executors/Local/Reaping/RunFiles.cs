using Cairn.Platform.Executors.Local.Places;
using Cairn.Platform.Executors.Local.Processes;

namespace Cairn.Platform.Executors.Local.Reaping;

/// <summary>
/// What runs leave in a state folder beside the journal: the folders of their tasks with the logs, and their
/// intermediate data. They go with their run. A run is deleted from the journal first, so whatever belongs to none
/// there may go at any time, also after a crash in between.
/// </summary>
public static class RunFiles
{
    /// <summary>Folders of runs that the journal does not know, and in which nothing lives.</summary>
    /// <param name="home">The state folder.</param>
    /// <param name="isKnown">Whether the journal has a run, by uid or id.</param>
    public static IReadOnlyList<Leftover> Orphans(string home, Func<string, bool> isKnown)
    {
        var places = new LocalHome(home);
        var found = new List<Leftover>();
        foreach (var name in Folders(places.Tasks))
        {
            var folder = new TaskFolder(Path.Combine(places.Tasks, name));
            if (TaskFolder.KeyOf(name) is { } key && !isKnown(key.Run.ToString()) && !Lives(folder))
                found.Add(new Leftover(LeftoverKind.Folder, folder.Path, name));
        }

        foreach (var run in Folders(places.Data))
            if (!isKnown(run))
                found.Add(new Leftover(LeftoverKind.Data, Path.Combine(places.Data, run), run));
        return found;
    }

    /// <summary>Removes them, as far as that is possible; `cairn doctor` lists the rest.</summary>
    public static void Sweep(string home, Func<string, bool> isKnown)
    {
        foreach (var orphan in Orphans(home, isKnown))
            TaskFolder.Discard(orphan.Name);
    }

    private static bool Lives(TaskFolder folder) => folder.Launches().Any(launch =>
        launch.Boot == ProcessIdentity.CurrentBoot
        && PlaceJson.Read(folder.Process(launch.Serial), PlaceJson.Default.ProcessIdentity) is { } process
        && process.IsAlive());

    private static IEnumerable<string> Folders(string path) =>
        Directory.Exists(path) ? Directory.EnumerateDirectories(path).Select(one => Path.GetFileName(one)) : [];
}
