using Cairn.Platform.Projects.Schema;
using YamlDotNet.RepresentationModel;

namespace Cairn.Platform.Projects;

/// <summary>`pools:`. Where no pool is marked as the default, the first is.</summary>
internal static class PoolSection
{
    internal static List<ProjectPool> Read(ProjectFiles files)
    {
        var pools = new List<ProjectPool>();
        foreach (var (file, name, key, value) in files.Entries("pools"))
        {
            var pool = Pool(name, (YamlMappingNode)value);
            if (pool.IsDefault && pools.Find(other => other.IsDefault) is { } first)
                files.Report(file, key, $"pools.{name}: {first.Name} is the default pool already");
            if (pool.DefaultPlatform is { } platform && !pool.Platforms.Contains(platform))
                files.Report(file, key, $"pools.{name}: default_platform {platform} is not among its platforms");
            pools.Add(pool);
        }

        if (pools.Count == 0)
            foreach (var (file, node) in files.Sections("pools"))
                files.Report(
                    file, node, "pools: at least one pool is needed", "leave the section out for the whole machine");
        else if (!pools.Exists(pool => pool.IsDefault))
            pools[0] = pools[0] with { IsDefault = true };
        return pools;
    }

    private static ProjectPool Pool(string name, YamlMappingNode map) => new()
    {
        Name = name,
        IsDefault = map.Flag("default") ?? false,
        Cpus = map.Whole("cpus"),
        MemoryBytes = map.Bytes("memory"),
        Gpus = map.Whole("gpus"),
        Network = map.Text("network") ?? "group",
        MaxRetryPerTask = map.Whole("max_retry_per_task") ?? 0,
        RetryMemoryFactor = map.Value("retry_memory_factor") is { } factor ? CoreSchema.Number(factor) ?? 1 : 1,
        AllowedMounts = map.Texts("allowed_mounts"),
        Platforms = map.Texts("platforms"),
        DefaultPlatform = map.Text("default_platform"),
        DefaultExecTimeout = map.Duration("default_exec_timeout"),
        DefaultQueueTimeout = map.Duration("default_queue_timeout"),
        MaxExecTimeout = map.Duration("max_exec_timeout"),
        MaxQueueTimeout = map.Duration("max_queue_timeout"),
    };
}
