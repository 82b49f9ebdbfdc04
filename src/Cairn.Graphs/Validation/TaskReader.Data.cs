using System.Globalization;
using Cairn.Graphs.Regexes;
using Cairn.Graphs.Spec;
using Cairn.Graphs.Tasks;
using Cairn.Graphs.Yaml;

namespace Cairn.Graphs.Validation;

internal sealed partial class TaskReader
{
    private List<TaskInput> Inputs(MapReader task)
    {
        var inputs = new List<TaskInput>();
        foreach (var reader in Items(task, "inputs"))
        {
            var (name, url) = (reader.Text("task"), reader.Text("url"));
            var regex = Regex(reader);
            reader.Close(DataAdvice);
            if (name is null == url is null)
            {
                findings.Error(
                    reader.Node, $"{reader.Where} must have either task or url", "{task: NAME} or {url: s3://…}");
                continue;
            }

            if (url is not null)
            {
                CheckUrl(reader, url, input: true);
                inputs.Add(new TaskInput(null, null, url, regex));
                continue;
            }

            var colon = name!.IndexOf(':', StringComparison.Ordinal);
            var workflow = colon < 0 ? null : name[..colon];
            var upstream = name[(colon + 1)..];
            if (!NameRule.IsName(upstream) || (workflow is not null && !NameRule.IsName(workflow)))
                findings.Error(
                    reader.Node["task"],
                    $"{reader.Where}: \"{NodeWords.Cut(name)}\" is no task",
                    "TASK of this graph, or WORKFLOW-ID:TASK of an earlier one");
            inputs.Add(new TaskInput(upstream, workflow, null, regex));
        }

        return inputs;
    }

    private List<TaskOutput> Outputs(MapReader task)
    {
        var outputs = new List<TaskOutput>();
        foreach (var reader in Items(task, "outputs"))
        {
            var url = reader.RequiredText("url");
            if (reader.Node["url"] is not null)
                CheckUrl(reader, url, input: false);
            outputs.Add(new TaskOutput(url, Regex(reader)));
            reader.Close(DataAdvice);
        }

        return outputs;
    }

    private void CheckUrl(MapReader reader, string url, bool input)
    {
        var scheme = StorageUrl.Scheme(url);
        var known = scheme is "s3" or "gs" or "azure" or "swift" or "tos" || StorageUrl.IsOurs(scheme);
        if (!known && url.Contains("{{", StringComparison.Ordinal))
            return;
        if (!known)
            findings.Error(
                reader.Node["url"],
                $"Unknown URI scheme: {(scheme.Length == 0 ? NodeWords.Cut(url) : scheme)}",
                $"{reader.Where}: s3, gs, azure, swift, tos, cairn or file"
                + (input ? "; http and https for inputs" : ""));
        else if (!input && scheme is "http" or "https")
            findings.Error(reader.Node["url"], $"{reader.Where}: nothing can be put to an {scheme} URL");
        else if (StorageUrl.IsOurs(scheme))
            findings.Warn(
                "not-portable", reader.Node["url"], $"{reader.Where}: {scheme}: URLs work here, but not on OSMO");
    }

    private string? Regex(MapReader reader)
    {
        var regex = reader.Text("regex");
        if (string.IsNullOrEmpty(regex))
            return null;
        if (PathPattern.Fault(regex) is { } fault)
            findings.Error(reader.Node["regex"], $"Invalid regex: {NodeWords.Cut(regex)}", $"{reader.Where}: {fault}");
        return regex;
    }

    private List<GraphKpi> Kpis(MapReader task)
    {
        var kpis = new List<GraphKpi>();
        foreach (var reader in Items(task, "kpis"))
        {
            kpis.Add(new GraphKpi(reader.RequiredText("index"), reader.RequiredText("path")));
            reader.Close();
        }

        return kpis;
    }

    private List<TaskFile> Files(MapReader task, string name)
    {
        var files = new List<TaskFile>();
        var paths = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var reader in Items(task, "files"))
        {
            var path = reader.RequiredText("path");
            var contents = reader.Node["contents"] is null && reader.Node["localpath"] is not null
                ? ""
                : reader.RequiredText("contents");
            // A localpath that is still here could not be read: that has been said.
            reader.Find("contents");
            reader.Find("localpath");
            files.Add(new TaskFile(path, contents, reader.Flag("base64", fallback: false)));
            reader.Close();
            if (reader.Node["path"] is not { } node)
                continue;
            if (!MayStandAt(path))
                findings.Error(
                    node,
                    $"Empty path or adding file to \"/osmo\" is forbidden for file: {path}",
                    $"{reader.Where}: only /osmo/data/output/ is open to files");
            if (!paths.Add(path))
                findings.Error(
                    node,
                    $"Task \"{name}\" has multiple files at the same path \"{path}\". Each file path must be unique.");
        }

        return files;
    }

    private static bool MayStandAt(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".").ToList();
        return parts.Count > 0
            && (parts[0] != "osmo" || (parts.Count > 3 && parts[1] == "data" && parts[2] == "output"));
    }

    private List<TaskCheckpoint> Checkpoints(MapReader task)
    {
        var checkpoints = new List<TaskCheckpoint>();
        foreach (var reader in Items(task, "checkpoint"))
        {
            var (path, url) = (reader.RequiredText("path"), reader.RequiredText("url"));
            if (reader.Node["url"] is not null && !url.Contains("{{", StringComparison.Ordinal)
                && !StorageUrl.IsValid(url))
                findings.Error(
                    reader.Node["url"],
                    $"{reader.Where}: {NodeWords.Cut(url)} is no storage URL",
                    "s3://bucket, gs://bucket, azure://account/container, swift://endpoint/account/container, "
                    + "tos://endpoint/bucket, cairn://store or file:");
            var frequency = reader.Find("frequency");
            if (frequency is null)
                findings.Error(reader.Node, $"{reader.Where}: frequency is missing");
            var seconds = frequency is null ? 0 : DurationRule.Read(reader.Where, frequency, findings, flags: false);
            checkpoints.Add(new TaskCheckpoint(path, url, seconds ?? 0, Regex(reader)));
            reader.Close();
        }

        return checkpoints;
    }

    private List<ExitAction> ExitActions(MapReader task, string name)
    {
        var actions = new SortedDictionary<ExitVerb, ExitAction>();
        foreach (var (key, value) in task.Entries("exitActions"))
        {
            var word = PythonText.Of(key) ?? "";
            var codes = value is YamlNode.Integer or YamlNode.Text ? PythonText.Of(value)! : NodeWords.Of(value);
            var known = Enum.TryParse<ExitVerb>(word, ignoreCase: true, out var verb) && !char.IsAsciiDigit(word[0]);
            if (!known)
                findings.Error(
                    key, $"Invalid exit action {word} for task {name}.", "COMPLETE, FAIL or RESCHEDULE");
            else if (value is not (YamlNode.Integer or YamlNode.Text) || !ExitAction.IsValid(codes))
                findings.Error(
                    value,
                    $"Invalid exit codes {codes} for action {word} for task {name}.",
                    "codes and ranges without blanks: 1,3-5");
            else
                actions[verb] = new ExitAction(verb, codes);
        }

        return [.. actions.Values];
    }

    private IEnumerable<MapReader> Items(MapReader task, string field)
    {
        var items = task.List(field);
        for (var i = 0; i < items.Count; i++)
        {
            var where = $"{task.Where}, {field}[{i.ToString(CultureInfo.InvariantCulture)}]";
            if (MapReader.Of(items[i], where, findings) is { } reader)
                yield return reader;
        }
    }

    private static string? DataAdvice(string field) => field is "dataset" or "update_dataset"
        ? "datasets are gone from the language: put the data under a URL, `url: s3://bucket/path`"
        : null;
}
