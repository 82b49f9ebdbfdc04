using Cairn.Platform.Projects.Schema;
using YamlDotNet.RepresentationModel;

namespace Cairn.Platform.Projects;

/// <summary>`images:`.</summary>
internal static class ImageSection
{
    internal static List<ProjectImage> Read(ProjectFiles files)
    {
        var images = new List<ProjectImage>();
        foreach (var (file, item) in files.Items("images"))
        {
            var map = (YamlMappingNode)item;
            var host = map.Text("host");
            var where = $"images[{images.Count}]";
            if (host is null == (map.Flag("podman") is not true))
                files.Report(
                    file, item, $"{where}: exactly one of host and podman: true is needed",
                    "host: PATH takes the host's programs, podman: true the real image");
            var folder = host is null ? null : ProjectReader.PathIn(host, file);
            if (folder is not null && !Directory.Exists(folder))
                files.Report(
                    file, map.Value("host")!, $"{where}: there is no folder {folder}",
                    "paths are relative to this file");
            var resources = map.Value("resources") as YamlMappingNode;
            images.Add(new ProjectImage
            {
                Match = map.Text("match")!,
                HostFolder = folder,
                Cpu = resources?.Whole("cpu"),
                Gpu = resources?.Whole("gpu"),
                MemoryBytes = resources?.Bytes("memory"),
                StorageBytes = resources?.Bytes("storage"),
                Mounts = [.. map.Texts("mounts").Select(mount => Mount(mount, file))],
                Environment = map.Variables("environment"),
            });
        }

        return images;
    }

    private static string Mount(string mount, string file)
    {
        var colon = mount.IndexOf(':', StringComparison.Ordinal);
        return colon < 0
            ? ProjectReader.PathIn(mount, file)
            : ProjectReader.PathIn(mount[..colon], file) + mount[colon..];
    }
}
