using Cairn.Platform.Projects.Schema;
using YamlDotNet.RepresentationModel;

namespace Cairn.Platform.Projects;

/// <summary>`http:`.</summary>
internal static class HttpSection
{
    internal static ProjectHttp Read(YamlMappingNode? map) => map is null ? new ProjectHttp() : new ProjectHttp
    {
        Rewrites = [.. Maps(map, "rewrite").Select(item => new HttpRewrite(item.Text("from")!, item.Text("to")!))],
        Services = new SortedDictionary<string, string>(
            map.Variables("services").ToDictionary(pair => pair.Key, pair => pair.Value), StringComparer.Ordinal),
        Credentials =
        [
            .. Maps(map, "credentials").Select(
                item => new HttpCredential(item.Text("match")!, item.Text("credential")!)),
        ],
    };

    private static IEnumerable<YamlMappingNode> Maps(YamlMappingNode map, string key) =>
        map.Value(key) is YamlSequenceNode list ? list.Children.OfType<YamlMappingNode>() : [];
}
