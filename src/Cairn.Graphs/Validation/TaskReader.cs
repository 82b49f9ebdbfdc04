using Cairn.Graphs.Spec;
using Cairn.Graphs.Tasks;
using Cairn.Graphs.Yaml;

namespace Cairn.Graphs.Validation;

/// <summary>Reads one task (spec/osmo.md 1.6); the parts with lists of their own stand in the other file.</summary>
internal sealed partial class TaskReader(Findings findings)
{
    private const string ReservedName = "osmo-ctrl";

    /// <summary>The task; what could not be read is left at its default and reported.</summary>
    public GraphTask Read(MapReader reader)
    {
        var name = NameRule.Read(reader, findings);
        if (NameRule.Normalise(name) == ReservedName)
            findings.Error(reader.Node["name"], $"Task name \"{name}\" is reserved", "choose another name");
        var task = new GraphTask
        {
            Name = name,
            Image = Image(reader),
            Command = Command(reader, name),
            Args = reader.Texts("args"),
            Environment = Environment(reader),
            Lead = reader.Flag("lead", fallback: false),
            Inputs = Inputs(reader),
            Outputs = Outputs(reader),
            Kpis = Kpis(reader),
            Files = Files(reader, name),
            Resource = reader.Text("resource") ?? "default",
            Credentials = Credentials(reader),
            ExitActions = ExitActions(reader, name),
            Checkpoints = Checkpoints(reader),
            Privileged = reader.Flag("privileged", fallback: false),
            HostNetwork = reader.Flag("hostNetwork", fallback: false),
            VolumeMounts = Mounts(reader),
            DownloadType = DownloadType(reader),
            CacheSize = CacheSize(reader),
        };
        // Internal fields of the original: accepted there, overwritten, stripped from what it stores.
        foreach (var field in (string[])["resources", "backend"])
            if (reader.Find(field) is { } node)
                findings.Warn("field-ignored", node, $"{reader.Where}: {field} has no effect", "use resource");
        reader.Close();
        return task;
    }

    private string Image(MapReader reader)
    {
        var image = reader.RequiredText("image");
        if (reader.Node["image"] is YamlNode.Text && !ImageReference.IsValid(image))
            findings.Error(
                reader.Node["image"],
                $"Could not parse docker image {NodeWords.Cut(image)}. Please provide a valid image.",
                $"in {reader.Where}: [host[:port]/]name[:tag][@digest], the name in lower case");
        return image;
    }

    private List<string> Command(MapReader reader, string name)
    {
        if (reader.Node["command"] is null)
        {
            reader.Find("command");
            findings.Error(reader.Node, $"{reader.Where}: command is missing");
            return [];
        }

        if (reader.Node["command"] is YamlNode.Text { Expression: false } line)
        {
            reader.Find("command");
            findings.Error(
                line,
                $"{reader.Where}: command must be a list of texts, but is the text \"{NodeWords.Cut(line.Value)}\"",
                "for a shell line write: command: [sh, -c, \"…\"]");
            return [];
        }

        var command = reader.Texts("command");
        if (reader.Node["command"] is YamlNode.List { Items.Count: 0 })
            findings.Error(reader.Node["command"], $"Container {name} should have at least one command.");
        return command;
    }

    private List<NameValue> Environment(MapReader reader)
    {
        var variables = new List<NameValue>();
        foreach (var (key, value) in reader.Entries("environment"))
        {
            var name = PythonText.Of(key);
            if (name is null)
                findings.Error(key, $"{reader.Where}: a variable's name must be a text, but is {NodeWords.Of(key)}");
            else if (PythonText.Of(value) is { } text)
                variables.Add(new NameValue(name, text));
            else
                findings.Error(
                    value,
                    $"{reader.Where}: environment variable {name} must be a text, a number or a boolean, "
                    + $"but is {NodeWords.Of(value)}",
                    value is YamlNode.Null ? "for an empty text write \"\"" : "quote the value");
            if (name is not null && key is YamlNode.Bool)
                findings.Warn(
                    "key-is-boolean",
                    key,
                    $"{reader.Where}: YAML 1.1 reads this variable's name as {name}",
                    "quote the name");
        }

        return variables;
    }

    private List<TaskCredential> Credentials(MapReader reader)
    {
        var credentials = new List<TaskCredential>();
        foreach (var (key, value) in reader.Entries("credentials"))
        {
            var name = PythonText.Of(key) ?? "";
            switch (MapReader.Again(value))
            {
                case YamlNode.Text folder:
                    credentials.Add(new TaskCredential(name, folder.Value, []));
                    break;
                case YamlNode.Map map:
                    credentials.Add(new TaskCredential(name, null, Variables(reader.Where, name, map)));
                    break;
                default:
                    findings.Error(
                        value,
                        $"{reader.Where}: credential {name} must be a folder or a mapping, "
                        + $"but is {NodeWords.Of(value)}",
                        "a folder gets a file for each key; a mapping gives variables: {HF_TOKEN: token}");
                    break;
            }
        }

        return credentials;
    }

    private List<NameValue> Variables(string where, string credential, YamlNode.Map map)
    {
        var variables = new List<NameValue>();
        foreach (var (key, value) in map.Entries)
        {
            if (PythonText.Of(key) is { } name && PythonText.Of(value) is { } text)
                variables.Add(new NameValue(name, text));
            else
                findings.Error(
                    value, $"{where}: credential {credential} must name a payload key, but has {NodeWords.Of(value)}");
        }

        return variables;
    }

    private List<string> Mounts(MapReader reader)
    {
        var mounts = reader.Texts("volumeMounts");
        foreach (var mount in mounts)
        {
            var parts = mount.Split(':');
            if (parts.Length > 2 || (parts.Length == 2 && parts[1].Length == 0))
                findings.Error(
                    reader.Node["volumeMounts"], $"Invalid task volume mount: {mount}.", "write src or src:dst");
        }

        return mounts;
    }

    private string? DownloadType(MapReader reader)
    {
        var type = reader.Text("downloadType", nullable: true);
        if (type is not (null or "download"))
            findings.Error(
                reader.Node["downloadType"],
                $"{reader.Where}: downloadType \"{NodeWords.Cut(type)}\" is not known; the only type is download");
        return type;
    }

    private string? CacheSize(MapReader reader)
    {
        if (reader.Text("cacheSize", nullable: true) is not { } text)
            return null;
        var percentage = text.EndsWith('%') ? text[..^1] : null;
        if (percentage is not null && double.TryParse(percentage, out var share) && share is >= 0 and <= 100)
            return text;
        if (percentage is null && Quantity.Normalise(text, out _) is not null)
            return text;
        Quantity.Normalise(text, out var fault);
        findings.Error(
            reader.Node["cacheSize"],
            $"Resource cache field has invalid {fault}",
            $"in {reader.Where}: a quantity such as 50Gi, or a percentage of the storage");
        return null;
    }
}
