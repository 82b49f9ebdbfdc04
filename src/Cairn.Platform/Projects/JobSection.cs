using Cairn.Platform.Projects.Schema;
using YamlDotNet.RepresentationModel;

namespace Cairn.Platform.Projects;

/// <summary>`jobs:`.</summary>
internal static class JobSection
{
    internal static List<ProjectJob> Read(ProjectFiles files, IReadOnlyList<ProjectPool> pools)
    {
        var jobs = new List<ProjectJob>();
        foreach (var (file, name, key, value) in files.Entries("jobs"))
        {
            var map = (YamlMappingNode)value;
            var job = Job(name, map);
            if (job.Command.Count == 0)
                files.Report(
                    file, key, $"jobs.{name}: command is empty",
                        "an image stands for a file system, never for a command");
            if (job.Pool is { } pool && !pools.Any(known => known.Name == pool))
                files.Report(
                    file, map.Value("pool")!, $"jobs.{name}: there is no pool {pool}",
                    $"there are: {string.Join(", ", pools.Select(known => known.Name))}");
            jobs.Add(job);
        }

        return jobs;
    }

    private static ProjectJob Job(string name, YamlMappingNode map)
    {
        var plain = new ProjectJob { Name = name, Image = map.Text("image")!, Command = map.Words("command") };
        var resources = map.Value("resources") as YamlMappingNode;
        return plain with
        {
            Args = map.Words("args"),
            Environment = map.Variables("env"),
            Cpu = resources?.Whole("cpu"),
            Gpu = resources?.Whole("gpu"),
            MemoryBytes = resources?.Bytes("memory"),
            StorageBytes = resources?.Bytes("storage"),
            Timeout = map.Duration("timeout") ?? plain.Timeout,
            Retries = map.Whole("retries") ?? plain.Retries,
            Tasks = map.Whole("tasks") ?? plain.Tasks,
            Pool = map.Text("pool"),
            Outputs = map.Texts("outputs"),
            Locations = map.Texts("locations"),
        };
    }
}
