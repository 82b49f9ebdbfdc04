using Cairn.Cli.Composition;
using Cairn.Cli.Faults;
using Cairn.Cli.Terminals;
using Cairn.Engine.Runs;

namespace Cairn.Cli.Runs;

/// <summary>Finds runs by id or uid.</summary>
internal static class RunLookup
{
    /// <summary>The run; throws <see cref="CommandFailure"/> (4) when there is none.</summary>
    public static RunHead Find(Workshop workshop, string idOrUid) =>
        workshop.Engine.Journal.Find(idOrUid) ?? throw new CommandFailure(
            ExitCode.NotFound, $"there is no run '{idOrUid}' in {workshop.Site.Project.StateFolder}",
            "cairn runs list");

    /// <summary>
    /// Opens a project's state folder for reading; throws <see cref="CommandFailure"/> (4) when nothing ever ran there.
    /// </summary>
    public static Workshop Reading(Frame frame, string? home)
    {
        var site = Site.Find(frame, home);
        StateFolderMaker.RequireReadable(site.Project.StateFolder);
        if (!File.Exists(Path.Combine(site.Project.StateFolder, "journal.db")))
            throw new CommandFailure(
                ExitCode.NotFound, $"nothing has run yet: there is no journal in {site.Project.StateFolder}",
                "cairn run FILE, or name another state folder with --home");
        return Workshop.Open(frame, site, static _ => { }, reading: true);
    }

    /// <summary>The run as a document, with what its program says of itself.</summary>
    public static RunDocument Describe(Workshop workshop, RunHead run) =>
        RunDocument.Of(run, run.IsOpen ? workshop.Engine.Describe(run) : run.Result);
}
