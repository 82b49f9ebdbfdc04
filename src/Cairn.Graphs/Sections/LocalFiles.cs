using Cairn.Graphs.Rendering;
using Cairn.Graphs.Validation;
using Cairn.Graphs.Yaml;

namespace Cairn.Graphs.Sections;

/// <summary>Puts the contents of `localpath` files in place, between the two passes (spec/osmo.md 1.8, 2.3).</summary>
internal sealed class LocalFiles(GraphSource source, Findings findings)
{
    /// <summary>Contents of all files that were read, in order.</summary>
    public List<string> Texts { get; } = [];

    /// <summary>The workflow with contents instead of paths.</summary>
    public YamlNode Inline(YamlNode workflow) => workflow is YamlNode.Map map
        ? Changed(Changed(map, "tasks", Task), "groups", Group)
        : workflow;

    private YamlNode Group(YamlNode group) => group is YamlNode.Map map ? Changed(map, "tasks", Task) : group;

    private YamlNode Task(YamlNode task) => task is YamlNode.Map map ? Changed(map, "files", Entry) : task;

    private static YamlNode.Map Changed(YamlNode.Map map, string field, Func<YamlNode, YamlNode> change)
    {
        if (map[field] is not YamlNode.List list)
            return map;
        var items = list.Items.Select(change).ToList();
        if (items.Zip(list.Items).All(pair => ReferenceEquals(pair.First, pair.Second)))
            return map;
        return map with
        {
            Entries = map.Entries.Select(entry => ReferenceEquals(entry.Value, list)
                ? entry with { Value = new YamlNode.List(list.Mark, items) }
                : entry).ToList(),
        };
    }

    private YamlNode Entry(YamlNode file)
    {
        if (file is not YamlNode.Map map || map["localpath"] is not { } node)
            return file;
        if (map["contents"] is not null)
        {
            findings.Error(node, "Files tag dont support contents and localpath together");
            return file;
        }

        if (node is not YamlNode.Text { Value: var written })
        {
            findings.Error(node, $"localpath must be a text, but is {NodeWords.Of(node)}");
            return file;
        }

        return Read(written, node) is { } contents ? Replaced(map, contents) : file;
    }

    private YamlNode.Text? Read(string written, YamlNode node)
    {
        var folder = Path.GetDirectoryName(source.File) ?? "";
        var path = Path.Combine(folder, written);
        switch (source.ReadLocal(path))
        {
            case LocalText.Found found:
                var text = found.Text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
                Texts.Add(text);
                return new YamlNode.Text(node.Mark, text) { File = path };
            case LocalText.Unreadable unreadable:
                findings.Error(
                    node,
                    $"The file {path} cannot be injected: it {unreadable.Reason}",
                    "binary files: give the contents with base64: true, or bring them as an input");
                return null;
            default:
                findings.Error(
                    node,
                    $"The file/path {path} does not exist!",
                    "localpath is relative to the folder of the graph's file");
                return null;
        }
    }

    private static YamlNode.Map Replaced(YamlNode.Map file, YamlNode.Text contents) => file with
    {
        Entries = file.Entries.Select(entry => entry.Key is YamlNode.Text { Value: "localpath" } key
            ? new YamlEntry(key with { Value = "contents" }, contents)
            : entry).ToList(),
    };
}
