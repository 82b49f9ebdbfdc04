using Cairn.Platform.Projects.Schema;
using Cairn.Platform.Stores;
using YamlDotNet.RepresentationModel;

namespace Cairn.Platform.Projects;

/// <summary>Makes a <see cref="Project"/> of cairn.yaml, or of nothing.</summary>
public static class ProjectReader
{
    private static readonly string[] s_later = ["policies"];

    /// <summary>The project that a command is in: the nearest cairn.yaml upwards, or the defaults.</summary>
    /// <exception cref="ProjectException">The file is wrong; all that is wrong with it.</exception>
    public static Project Load(ProjectPlaces places)
    {
        var folder = places.ProjectFolder();
        var file = Path.Combine(folder, ProjectPlaces.FileName);
        return File.Exists(file) ? Load(file, places) : Defaults(folder, places);
    }

    /// <summary>The project of one file.</summary>
    /// <exception cref="ProjectException">The file is wrong; all that is wrong with it.</exception>
    public static Project Load(string file, ProjectPlaces places)
    {
        file = Path.GetFullPath(file, places.Current);
        var files = ProjectFiles.Open(file);
        var folder = Path.GetDirectoryName(file)!;
        var project = files.Problems.Count > 0 ? null : Read(files, file, Defaults(folder, places), places);
        return files.Problems.Count > 0 || project is null ? throw new ProjectException(files.Problems) : project;
    }

    private static Project Defaults(string folder, ProjectPlaces places) => new()
    {
        Folder = folder,
        StateFolder = places.StateFolder(folder),
        Name = Path.GetFileName(folder) is { Length: > 0 } name ? name : "root",
        SecretsFile = Path.Combine(places.UserHome, ".config", "cairn", "secrets.yaml"),
        Images = BuiltInImages.List(places.Shipped),
    };

    private static Project Read(ProjectFiles files, string file, Project defaults, ProjectPlaces places)
    {
        var root = files.Read[0].Root;
        if (root.Value("cairn") is { } format && CoreSchema.Whole(format) != ProjectSchema.Format)
            files.Report(
                file, format, $"cairn: this version reads format {ProjectSchema.Format}", "use a newer version");
        var secrets = One(files, "secrets");
        var journal = One(files, "journal");
        var pools = files.Sections("pools").Any() ? PoolSection.Read(files) : defaults.Pools;
        IReadOnlyList<DeclaredStore>? stores = files.Sections("stores").Any() ? StoreSection.Read(files) : null;
        var (flows, graphs) = (Patterns(files, "flows"), Patterns(files, "graphs"));
        return defaults with
        {
            File = file,
            Name = root.Value("name") is { } name ? CoreSchema.Text(name)! : defaults.Name,
            Stores = stores,
            Pools = pools,
            Images = [.. ImageSection.Read(files), .. defaults.Images],
            Limits = Limits(files),
            SecretsFile = secrets is { } kept
                ? UserPath(CoreSchema.Text(kept.Map.Value("file")!)!, kept.File, places)
                : defaults.SecretsFile,
            SecretsDeclared = secrets is not null,
            JournalKeep = journal?.Map.Value("keep") is { } keep ? Amounts.Duration(keep)!.Value : defaults.JournalKeep,
            Environment = [.. files.Entries("environment").Select(
                entry => KeyValuePair.Create(entry.Name, ((YamlScalarNode)entry.Value).Value ?? ""))],
            Lenient = root.Value("lenient") is { } lenient && CoreSchema.Flag(lenient) == true,
            Http = HttpSection.Read(One(files, "http")?.Map),
            Jobs = JobSection.Read(files, pools),
            Sections = Later(files),
            Flows = flows,
            Graphs = graphs,
            Mode = root.Value("mode") is { } mode ? CoreSchema.Text(mode) : null,
            Triggers = new TriggerSection(files, stores, ProjectPrograms.Of(flows, graphs)).Read(),
            Notices = [.. s_later.SelectMany(section => Unused(files, section))],
        };
    }

    /// <summary>A path as written in a file: absolute, or relative to that file.</summary>
    internal static string PathIn(string path, string file) => Path.GetFullPath(path, Path.GetDirectoryName(file)!);

    private static string UserPath(string path, string file, ProjectPlaces places) =>
        path == "~" || path.StartsWith("~/", StringComparison.Ordinal)
            ? Path.GetFullPath(Path.Combine(places.UserHome, path.TrimStart('~').TrimStart('/')))
            : PathIn(path, file);

    // A section that may stand once only, whatever file it stands in.
    private static (string File, YamlMappingNode Map)? One(ProjectFiles files, string section)
    {
        var found = files.Sections(section).ToList();
        foreach (var (file, node) in found.Skip(1))
            files.Report(file, node, $"{section} stands twice", $"first: {found[0].File}:{found[0].Node.Start.Line}");
        return found is [var first, ..] ? (first.File, (YamlMappingNode)first.Node) : null;
    }

    private static SortedDictionary<string, long> Limits(ProjectFiles files)
    {
        var limits = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (_, name, _, value) in files.Entries("limits"))
            limits[name] = CoreSchema.Whole(value)!.Value;
        return limits;
    }

    private static SortedDictionary<string, YamlMappingNode> Later(ProjectFiles files)
    {
        var sections = new SortedDictionary<string, YamlMappingNode>(StringComparer.Ordinal);
        foreach (var section in s_later)
            if (files.Entries(section) is { Count: > 0 } entries)
                sections[section] = new YamlMappingNode(
                    entries.Select(entry => KeyValuePair.Create(entry.Key, entry.Value)));
        return sections;
    }

    private static List<string> Patterns(ProjectFiles files, string section) =>
        [.. files.Items(section).Select(item => PathIn(CoreSchema.Text(item.Item)!, item.File))];

    private static IEnumerable<ProjectProblem> Unused(ProjectFiles files, string section) =>
        from found in files.Sections(section)
        where found.Node is YamlMappingNode { Children.Count: > 0 } or YamlSequenceNode { Children.Count: > 0 }
        select new ProjectProblem(
            $"{section}: read and kept, but this version does nothing with it", found.File,
            (int)found.Node.Start.Line, (int)found.Node.Start.Column);
}
