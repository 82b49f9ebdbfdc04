using Cairn.Platform.Projects.Schema;
using Cairn.Platform.Stores;
using YamlDotNet.RepresentationModel;

namespace Cairn.Platform.Projects;

/// <summary>`stores:`.</summary>
internal static class StoreSection
{
    internal static List<DeclaredStore> Read(ProjectFiles files)
    {
        var stores = new List<DeclaredStore>();
        var served = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (file, name, key, value) in files.Entries("stores"))
        {
            var map = (YamlMappingNode)value;
            var folder = ProjectReader.PathIn(StoreUrl.Parse(map.Text("url")!).Path, file);
            if (stores.Find(store => Overlap(store.Folder, folder)) is { } other)
                files.Report(
                    file, map.Value("url")!, $"stores.{name}: its folder {folder} overlaps with that of {other.Name}",
                    "each store needs a folder of its own");
            foreach (var prefix in map.Texts("serves").Select(prefix => prefix.TrimEnd('/')))
                if (!served.TryAdd(prefix, name))
                    files.Report(file, key, $"stores.{name}: {prefix} is served by {served[prefix]} already");
            stores.Add(new DeclaredStore(name, folder, map.Texts("serves")));
        }

        return stores;
    }

    private static bool Overlap(string one, string other) =>
        (one + "/").StartsWith(other + "/", StringComparison.Ordinal)
        || (other + "/").StartsWith(one + "/", StringComparison.Ordinal);
}
