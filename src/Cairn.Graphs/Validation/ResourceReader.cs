using Cairn.Graphs.Spec;
using Cairn.Graphs.Yaml;

namespace Cairn.Graphs.Validation;

/// <summary>Reads `workflow.resources` (spec/osmo.md 1.7).</summary>
internal sealed class ResourceReader(Findings findings)
{
    /// <summary>The entries in order; a single empty `default` when the field is missing.</summary>
    public List<GraphResource> Read(MapReader workflow)
    {
        if (workflow.Node["resources"] is null)
        {
            workflow.Find("resources");
            return [new GraphResource { Name = "default" }];
        }

        var resources = new List<GraphResource>();
        foreach (var (key, value) in workflow.Entries("resources"))
        {
            if (PythonText.Of(key) is not { } name)
                findings.Error(key, $"workflow: a resource's name must be a text, but is {NodeWords.Of(key)}");
            else if (MapReader.Of(value, $"resource \"{name}\"", findings) is { } reader)
                resources.Add(One(name, reader));
            else
                resources.Add(new GraphResource { Name = name });
        }

        return resources;
    }

    private GraphResource One(string name, MapReader reader)
    {
        var resource = new GraphResource
        {
            Name = name,
            Cpu = reader.Whole("cpu"),
            Gpu = reader.Whole("gpu"),
            Memory = Amount(reader, "memory"),
            Storage = Amount(reader, "storage"),
            Platform = reader.Text("platform", nullable: true),
            NodesExcluded = reader.Texts("nodesExcluded"),
            Topology = Topology(reader),
        };
        if (resource.Cpu is <= 0)
            findings.Warn("resource-not-positive", reader.Node["cpu"], $"{reader.Where} asks for {resource.Cpu} CPUs");
        if (resource.Gpu < 0)
            findings.Warn("resource-not-positive", reader.Node["gpu"], $"{reader.Where} asks for {resource.Gpu} GPUs");
        reader.Close();
        return resource;
    }

    private string? Amount(MapReader reader, string field)
    {
        if (reader.Text(field, nullable: true) is not { } text)
            return null;
        if (Quantity.Normalise(text, out var fault) is { } quantity)
            return quantity;
        findings.Error(
            reader.Node[field],
            $"Resource {field} field has invalid {fault}",
            $"in {reader.Where}: a number and one of T Ti TiB G Gi GiB M Mi MiB K Ki KiB B m");
        return null;
    }

    private List<GraphTopology> Topology(MapReader resource)
    {
        var all = new List<GraphTopology>();
        foreach (var item in resource.List("topology"))
        {
            if (MapReader.Of(item, $"{resource.Where}, topology[{all.Count}]", findings) is not { } reader)
                continue;
            var key = reader.RequiredText("key");
            var group = reader.Text("group") ?? "default";
            var type = reader.Text("requirementType") ?? "required";
            if (type is not ("required" or "preferred"))
                findings.Error(
                    item,
                    $"{reader.Where}: requirementType must be required or preferred, but is \"{NodeWords.Cut(type)}\"");
            reader.Close();
            all.Add(new GraphTopology(key, group, type));
        }

        return all;
    }
}
