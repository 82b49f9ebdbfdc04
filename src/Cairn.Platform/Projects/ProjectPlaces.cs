namespace Cairn.Platform.Projects;

/// <summary>Where a project begins, where its state lies, and where what came with the program lies.</summary>
public sealed record ProjectPlaces
{
    /// <summary>The name of a project file.</summary>
    public const string FileName = "cairn.yaml";

    /// <summary>The name of a state folder.</summary>
    public const string StateName = ".cairn";

    /// <summary>The folder that a command was started in, absolute.</summary>
    public required string Current { get; init; }

    /// <summary>The variable `CAIRN_HOME`, or null.</summary>
    public string? Home { get; init; }

    /// <summary>The user's home folder.</summary>
    public required string UserHome { get; init; }

    /// <summary>The folder that holds `pipelines/`: the program's own, or one above it in a source tree.</summary>
    public required string Shipped { get; init; }

    /// <summary>The places as this process finds them.</summary>
    public static ProjectPlaces Find() => new()
    {
        Current = System.Environment.CurrentDirectory,
        Home = System.Environment.GetEnvironmentVariable("CAIRN_HOME"),
        UserHome = System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile),
        Shipped = FindShipped(AppContext.BaseDirectory),
    };

    /// <summary>
    /// The nearest folder upwards that has a cairn.yaml or a `.cairn` folder, else the current one (architecture 3.6).
    /// </summary>
    public string ProjectFolder()
    {
        for (string? folder = Current; folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, FileName)) || Directory.Exists(Path.Combine(folder, StateName)))
                return folder;
        return Current;
    }

    /// <summary>`CAIRN_HOME`, else `.cairn` in the project's folder.</summary>
    public string StateFolder(string projectFolder) => string.IsNullOrEmpty(Home)
        ? Path.Combine(projectFolder, StateName)
        : Path.GetFullPath(Home, Current);

    private static string FindShipped(string program)
    {
        var start = Path.TrimEndingDirectorySeparator(program);
        for (string? folder = start; folder is not null; folder = Path.GetDirectoryName(folder))
            if (Directory.Exists(Path.Combine(folder, "pipelines")))
                return folder;
        return start;
    }
}
