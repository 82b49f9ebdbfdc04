using System.CommandLine;
using Cairn.Cli.Composition;
using Cairn.Cli.Flags;
using Cairn.Cli.Runs;
using Cairn.Cli.Terminals;
using Cairn.Engine.Runs;
using Cairn.Platform.Executors.Local.Images;
using Cairn.Platform.Executors.Local.Reaping;
using Cairn.Platform.Projects;
using Spectre.Console;

namespace Cairn.Cli.Commands.Doctor;

/// <summary>`cairn doctor`: what this machine has and lacks, what stands for which image, what is left over.</summary>
internal static class DoctorCommand
{
    /// <summary>What it was asked.</summary>
    internal sealed record Options(bool Reap, string? Home, OutputFormat Format);

    private static readonly (string Program, string Package, string For)[] Programs =
    [
        ("bwrap", "bubblewrap", "sandboxes for tasks"),
        ("podman", "podman", "real images"),
        ("ip", "iproute2", "private networks of groups"),
        ("slirp4netns", "slirp4netns", "a way out of private networks without root"),
        ("ffmpeg", "ffmpeg", "the video pipeline"),
        ("node", "nodejs", "the video pipeline's detector"),
        ("/usr/bin/python3", "python3", "the video pipeline; needs python3-opencv too"),
    ];

    /// <summary>The command.</summary>
    public static Command Create(Frame frame)
    {
        var reap = new Option<bool>("--reap") { Description = "Removes what belongs to no open run" };
        var command = new Command("doctor", "Says what this machine has, lacks, and has left over") { reap };
        command.SetAction((parsed, stop) => RunAsync(
            frame,
            new Options(parsed.GetValue(reap), parsed.GetValue(GlobalFlags.Home), GlobalFlags.FormatOf(parsed)),
            stop));
        return command;
    }

    internal static async Task<int> RunAsync(Frame frame, Options options, CancellationToken stop)
    {
        var site = Site.Find(frame, options.Home);
        var tools = Tools.Find();
        var table = new ImageTable(site.Project.Images, tools);
        var document = new DoctorDocument(
            [.. Programs.Select(row =>
                new ProgramDocument(row.Program, Tools.Find(row.Program), row.For, row.Package))],
            [.. site.Project.Images.Select(image => new ImageDocument(image.Match, Stands(table, image)))],
            await LeftoversAsync(frame, options, site, tools, stop));
        new Output(frame.Terminal, options.Format).Write(
            document, DoctorJson.Default.DoctorDocument, console => Lines(console, document),
            () => document.Programs.Where(row => row.Path is null).Select(row => row.Program));
        return document.Programs.All(row => row.Path is not null) ? ExitCode.Done : ExitCode.Precondition;
    }

    private static string Stands(ImageTable table, ProjectImage image) => table.Resolve(image.Match) switch
    {
        ImageChoice.Host host => $"sandbox over {host.Entry.HostFolder}",
        ImageChoice.Plain plain => $"plain process with {plain.Entry.HostFolder}: install bubblewrap for a sandbox",
        ImageChoice.Container => "the real image, by podman",
        ImageChoice.Refused refused => refused.Reason,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static async Task<IReadOnlyList<LeftoverDocument>> LeftoversAsync(
        Frame frame, Options options, Site site, Tools tools, CancellationToken stop)
    {
        if (!File.Exists(Path.Combine(site.Project.StateFolder, "journal.db")))
            return [];
        await using var workshop = RunLookup.Reading(frame, options.Home);
        var open = workshop.Engine.Journal.List(new RunFilter { OnlyUnfinished = true })
            .Select(run => run.Uid.ToString()).ToHashSet(StringComparer.Ordinal);
        var reaper = new TaskReaper(site.Project.StateFolder, tools);
        var journal = workshop.Engine.Journal;
        var found = await reaper.Find(open.Contains, run => journal.Find(run) is not null, stop);
        var rows = new List<LeftoverDocument>();
        foreach (var leftover in found.OrderBy(row => row.Kind))
            rows.Add(new LeftoverDocument(
                leftover.Kind.ToString().ToLowerInvariant(), leftover.Name,
                options.Reap && await reaper.Remove(leftover, stop)));
        return rows;
    }

    private static void Lines(IAnsiConsole console, DoctorDocument document)
    {
        foreach (var row in document.Programs)
            console.Write(new Text($"{row.Program,-12} {row.Path ?? "missing"}  ({row.For})\n"));
        var missing = document.Programs.Where(row => row.Path is null).Select(row => row.Package).ToList();
        if (missing.Count > 0)
            console.Write(new Text($"install with: apt-get install {string.Join(' ', missing)}\n"));
        console.Write(new Text("\nimages\n"));
        foreach (var row in document.Images)
            console.Write(new Text($"  {row.Match}: {row.Stands}\n"));
        console.Write(new Text($"\nleft over: {document.Leftovers.Count}\n"));
        foreach (var row in document.Leftovers)
            console.Write(new Text($"  {row.Kind} {row.Name}{(row.Removed ? ", removed" : "")}\n"));
        if (document.Leftovers.Any(row => !row.Removed))
            console.Write(new Text("remove them with: cairn doctor --reap\n"));
    }
}
