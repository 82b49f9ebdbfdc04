using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cairn.Graphs.Spec;
using Cairn.Graphs.Tasks;
using Cairn.Graphs.Validation;

namespace Cairn.Graphs.Rendering;

/// <summary>Writes the JSON contract of `cairn graph render`: empty and default values are left out.</summary>
internal static class RenderedJson
{
    private static readonly JsonWriterOptions Options =
        new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The whole document.</summary>
    public static void Write(IBufferWriter<byte> target, GraphOutcome outcome)
    {
        using var json = new Utf8JsonWriter(target, Options);
        json.WriteStartObject();
        if (outcome.Spec is { } spec)
            Spec(json, spec);
        else
            Errors(json, outcome.Errors);
        json.WriteEndObject();
    }

    private static void Errors(Utf8JsonWriter json, IReadOnlyList<GraphError> errors)
    {
        json.WriteStartArray("errors");
        foreach (var error in errors)
        {
            json.WriteStartObject();
            json.WriteString("message", error.Message);
            json.WriteString("file", error.File);
            if (error.Line is { } line)
                json.WriteNumber("line", line);
            if (error.Column is { } column)
                json.WriteNumber("column", column);
            Text(json, "hint", error.Hint);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Spec(Utf8JsonWriter json, GraphSpec spec)
    {
        json.WriteStartObject("spec");
        json.WriteString("name", spec.Name);
        Pairs(json, "labels", spec.Labels);
        Text(json, "pool", spec.Pool);
        if (spec.ExecTimeoutSeconds is not null || spec.QueueTimeoutSeconds is not null)
        {
            json.WriteStartObject("timeout");
            Seconds(json, "exec_timeout", spec.ExecTimeoutSeconds);
            Seconds(json, "queue_timeout", spec.QueueTimeoutSeconds);
            json.WriteEndObject();
        }

        Resources(json, spec.Resources);
        json.WriteStartArray("groups");
        foreach (var group in spec.Groups)
            Group(json, group);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Resources(Utf8JsonWriter json, IReadOnlyList<GraphResource> resources)
    {
        // What a graph without the field has.
        if (resources is [var only] && only == new GraphResource { Name = "default" })
            return;
        json.WriteStartObject("resources");
        foreach (var resource in resources)
            Resource(json, resource);
        json.WriteEndObject();
    }

    private static void Resource(Utf8JsonWriter json, GraphResource resource)
    {
        json.WriteStartObject(resource.Name);
        if (resource.Cpu is { } cpu)
            json.WriteNumber("cpu", cpu);
        if (resource.Gpu is { } gpu)
            json.WriteNumber("gpu", gpu);
        Text(json, "memory", resource.Memory);
        Text(json, "storage", resource.Storage);
        Text(json, "platform", resource.Platform);
        Texts(json, "nodesExcluded", resource.NodesExcluded);
        Objects(json, "topology", resource.Topology, topology =>
        {
            json.WriteString("key", topology.Key);
            json.WriteString("group", topology.Group);
            json.WriteString("requirementType", topology.RequirementType);
        });
        json.WriteEndObject();
    }

    private static void Group(Utf8JsonWriter json, GraphGroup group)
    {
        json.WriteStartObject();
        json.WriteString("name", group.Name);
        if (!group.Barrier)
            json.WriteBoolean("barrier", false);
        if (!group.IgnoreNonleadStatus)
            json.WriteBoolean("ignoreNonleadStatus", false);
        json.WriteStartArray("tasks");
        foreach (var task in group.Tasks)
            Task(json, task);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Task(Utf8JsonWriter json, GraphTask task)
    {
        json.WriteStartObject();
        json.WriteString("name", task.Name);
        json.WriteString("image", task.Image);
        Texts(json, "command", task.Command);
        Texts(json, "args", task.Args);
        Pairs(json, "environment", task.Environment);
        Flag(json, "lead", task.Lead);
        Objects(json, "inputs", task.Inputs, input =>
        {
            Text(json, "task", input.Workflow is null ? input.Task : $"{input.Workflow}:{input.Task}");
            Text(json, "url", input.Url);
            Text(json, "regex", input.Regex);
        });
        Objects(json, "outputs", task.Outputs, output =>
        {
            json.WriteString("url", output.Url);
            Text(json, "regex", output.Regex);
        });
        Objects(json, "kpis", task.Kpis, kpi =>
        {
            json.WriteString("index", kpi.Index);
            json.WriteString("path", kpi.Path);
        });
        Objects(json, "files", task.Files, file =>
        {
            json.WriteString("path", file.Path);
            json.WriteString("contents", file.Contents);
            Flag(json, "base64", file.Base64);
        });
        if (task.Resource != "default")
            json.WriteString("resource", task.Resource);
        Credentials(json, task.Credentials);
        ExitActions(json, task.ExitActions);
        Objects(json, "checkpoint", task.Checkpoints, checkpoint =>
        {
            json.WriteString("path", checkpoint.Path);
            json.WriteString("url", checkpoint.Url);
            Seconds(json, "frequency", checkpoint.FrequencySeconds);
            Text(json, "regex", checkpoint.Regex);
        });
        Flag(json, "privileged", task.Privileged);
        Flag(json, "hostNetwork", task.HostNetwork);
        Texts(json, "volumeMounts", task.VolumeMounts);
        Text(json, "downloadType", task.DownloadType);
        Text(json, "cacheSize", task.CacheSize);
        json.WriteEndObject();
    }

    private static void Credentials(Utf8JsonWriter json, IReadOnlyList<TaskCredential> credentials)
    {
        if (credentials.Count == 0)
            return;
        json.WriteStartObject("credentials");
        foreach (var credential in credentials)
        {
            if (credential.Folder is { } folder)
                json.WriteString(credential.Name, folder);
            else
                Pairs(json, credential.Name, credential.Variables, always: true);
        }

        json.WriteEndObject();
    }

    private static void ExitActions(Utf8JsonWriter json, IReadOnlyList<ExitAction> actions)
    {
        if (actions.Count == 0)
            return;
        json.WriteStartObject("exitActions");
        foreach (var action in actions)
            json.WriteString(action.Verb.ToString(), action.Codes);
        json.WriteEndObject();
    }

    private static void Objects<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> items, Action<T> body)
    {
        if (items.Count == 0)
            return;
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            body(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Pairs(
        Utf8JsonWriter json, string name, IReadOnlyList<NameValue> pairs, bool always = false)
    {
        if (pairs.Count == 0 && !always)
            return;
        json.WriteStartObject(name);
        foreach (var (key, value) in pairs)
            json.WriteString(key, value);
        json.WriteEndObject();
    }

    private static void Texts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        if (texts.Count == 0)
            return;
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static void Text(Utf8JsonWriter json, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
            json.WriteString(name, text);
    }

    private static void Flag(Utf8JsonWriter json, string name, bool flag)
    {
        if (flag)
            json.WriteBoolean(name, true);
    }

    private static void Seconds(Utf8JsonWriter json, string name, double? seconds)
    {
        if (seconds is not { } value)
            return;
        if (double.IsInteger(value) && Math.Abs(value) < 1L << 53)
            json.WriteNumber(name, (long)value);
        else
            json.WriteNumber(name, value);
    }
}
