namespace Cairn.Platform.Projects;

/// <summary>
/// The image list that needs no cairn.yaml: the reference images of the video pipeline become its CPU workers (which
/// ask
/// for what these need, spec/vda.md 12), plain distributions become the host.
/// </summary>
internal static class BuiltInImages
{
    private const string Host = "/";
    private const long Mi = 1L << 20;

    private static readonly string[] s_plain = ["ubuntu", "debian", "alpine", "busybox", "python"];

    /// <summary>The list.</summary>
    /// <param name="shipped">The folder that holds `pipelines/`.</param>
    internal static IReadOnlyList<ProjectImage> List(string shipped)
    {
        var workers = Path.Combine(shipped, "pipelines", "vda", "cpu");
        // The detector's packages, which pipelines/vda/setup installs; without them the workers fall back and say so.
        var packages = Path.Combine(shipped, ".tools", "node_modules");
        string? detector = Directory.Exists(packages) ? packages : null;
        return
        [
            Entry("nvcr.io/nvidia/paidf-augmentation:*", workers, 2048 * Mi, detector),
            Entry("nvcr.io/nvidia/paidf-auto-labeling:*", workers, 2048 * Mi, detector),
            Entry("nvcr.io/nvidia/base/ubuntu:*", workers, 512 * Mi, null),
            .. s_plain.SelectMany(name => new[]
            {
                new ProjectImage { Match = name, HostFolder = Host, BuiltIn = true },
                new ProjectImage { Match = name == "python" ? "python:3*"
                    : name + ":*", HostFolder = Host, BuiltIn = true },
            }),
        ];
    }

    private static ProjectImage Entry(string match, string folder, long memoryBytes, string? packages) => new()
    {
        Match = match,
        HostFolder = folder,
        Cpu = 1,
        Gpu = 0,
        MemoryBytes = memoryBytes,
        Mounts = packages is null ? [] : [packages],
        Environment = packages is null ? [] : [new("CAIRN_NODE_MODULES", packages)],
        BuiltIn = true,
    };
}
