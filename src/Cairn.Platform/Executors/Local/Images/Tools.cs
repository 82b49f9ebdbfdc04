namespace Cairn.Platform.Executors.Local.Images;

/// <summary>The programs of this machine that can hold a task.</summary>
/// <param name="Bubblewrap">Absolute path, or null.</param>
/// <param name="Podman">Absolute path, or null.</param>
public sealed record Tools(string? Bubblewrap, string? Podman)
{
    /// <summary>Looks on PATH.</summary>
    public static Tools Find() => new(Find("bwrap"), Find("podman"));

    /// <summary>The absolute path of a program on PATH (and in the folders of system programs), or null.</summary>
    public static string? Find(string program)
    {
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        foreach (var folder in path.Split(':').Concat(["/usr/sbin", "/sbin", "/usr/bin", "/bin"]))
            if (folder.Length > 0 && Path.Combine(folder, program) is var full && File.Exists(full))
                return full;
        return null;
    }
}
