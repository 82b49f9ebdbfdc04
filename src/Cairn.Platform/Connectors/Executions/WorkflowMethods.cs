using System.Text.Json.Nodes;
using Cairn.Engine.Runs;
using Cairn.Flows.Compiling;
using Cairn.Flows.Values;
using Cairn.Platform.Connectors.Calls;
using Cairn.Platform.Connectors.Records;
using Cairn.Platform.Connectors.Runs;
using Cairn.Platform.Deployments;

namespace Cairn.Platform.Connectors.Executions;

/// <summary>
/// `googleapis.workflows.v1`: the project's own flows are shown, others can be deployed into the records, checked as
/// files are, and started by name (spec/workflows.md 8.1).
/// </summary>
internal sealed class WorkflowMethods(RecordBook book, FlowShelf shelf, RunDesk desk)
{
    private const string Api = "googleapis.workflows.v1.projects.locations.workflows.";
    private const string Form = "projects/*/locations/*/workflows/*";
    private static readonly string[] s_revisionFields = ["sourceContents", "userEnvVars", "serviceAccount"];

    /// <summary>The methods that only look.</summary>
    public CallTable Reads => new()
    {
        [Api + "get"] = (call, _) => Done(CodedJson.Of(Get(call.Arguments.Required("name")))),
        [Api + "list"] = (call, _) => Done(List(call)),
    };

    /// <summary>The methods that change something.</summary>
    public CallTable Writes => new()
    {
        [Api + "create"] = (call, _) => Done(Create(call)),
        [Api + "patch"] = (call, _) => Done(Patch(call)),
        [Api + "delete"] = Delete,
    };

    private JsonObject Get(string name)
    {
        var id = ResourcePath.Parts(name, Form)[2];
        if (book.Read(rows => rows.Find(FlowShelf.Kind, id)) is { } deployed)
            return Shown(name, deployed.Value);
        var (source, time) = shelf.FileOf(id) ?? throw CallFault.NotFound($"Resource '{name}' was not found");
        var written = Times.Text(time);
        return Shown(name, new JsonObject
        {
            ["sourceContents"] = source,
            ["revisionId"] = FlowLaunch.RevisionOf(source),
            ["createTime"] = written,
            ["updateTime"] = written,
            ["revisionCreateTime"] = written,
        });
    }

    private FlowValue List(Call call)
    {
        var parent = call.Arguments.Required("parent");
        ResourcePath.Parts(parent, "projects/*/locations/*");
        foreach (var unknown in new[] { "filter", "orderBy" })
            if (call.Arguments.Text(unknown) is { Length: > 0 } text)
                throw CallFault.Bad($"{unknown} \"{text}\" is not known here: all are listed by name");
        var names = new SortedSet<string>(shelf.Files.Keys, StringComparer.Ordinal);
        names.UnionWith(book.Read(rows => rows.List(FlowShelf.Kind, "", "", int.MaxValue)).Select(one => one.Name));
        var size = (int)Math.Clamp(call.Arguments.Whole("pageSize") ?? 500, 1, 1000);
        var skip = (int)Math.Clamp(call.Arguments.Whole("pageToken") ?? 0, 0, names.Count);
        var answer = new JsonObject
        {
            ["workflows"] = new JsonArray(
                [.. names.Skip(skip).Take(size).Select(name => Get($"{parent}/workflows/{name}"))]),
        };
        if (skip + size < names.Count)
            answer["nextPageToken"] = $"{skip + size}";
        return CodedJson.Of(answer);
    }

    private FlowValue Create(Call call)
    {
        var id = call.Arguments.Required("workflowId");
        var name = $"{call.Arguments.Required("parent")}/workflows/{id}";
        ResourcePath.Parts(name, Form);
        if (id.Length > 64 || !char.IsAsciiLetter(id[0]) || !char.IsAsciiLetterOrDigit(id[^1])
            || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            throw CallFault.Bad(
                $"Invalid workflow id \"{id}\": a letter, then letters, digits, dashes and underscores");
        var body = call.Arguments.Body();
        Check(id, body, call.Arguments.Lenient);
        return book.Once(call, rows =>
        {
            if (shelf.Files.ContainsKey(id))
                throw CallFault.Conflict($"Resource '{name}' already exists: it is a file of this project");
            Stamp(body, 1, Times.Text(rows.Now));
            body["createTime"] = Times.Text(rows.Now);
            rows.Add(FlowShelf.Kind, id, body);
            return CodedJson.Of(Shown(name, body));
        });
    }

    private FlowValue Patch(Call call)
    {
        var name = call.Arguments.Required("name");
        var id = ResourcePath.Parts(name, Form)[2];
        var body = call.Arguments.Body();
        var mask = call.Arguments.Text("updateMask")?.Split(',') ?? [.. body.Select(field => field.Key)];
        return book.Once(call, rows =>
        {
            var value = Own(rows, id, name).Value;
            foreach (var field in mask)
                value[field] = body[field]?.DeepClone();
            Check(id, value, call.Arguments.Lenient);
            if (mask.Any(s_revisionFields.Contains))
                Stamp(value, int.Parse(((string)value["revisionId"]!)[..6]) + 1, Times.Text(rows.Now));
            value["updateTime"] = Times.Text(rows.Now);
            rows.Put(FlowShelf.Kind, id, value);
            return CodedJson.Of(Shown(name, value));
        });
    }

    private async ValueTask<FlowValue> Delete(Call call, CancellationToken cancel)
    {
        var name = call.Arguments.Required("name");
        var id = ResourcePath.Parts(name, Form)[2];
        var answer = book.Once(call, rows =>
        {
            Own(rows, id, name);
            rows.Remove(FlowShelf.Kind, id);
            return FlowValue.Of(FlowMap.Empty);
        });
        // Its executions go with it; asked for again, those that are left.
        foreach (var run in await desk.List(new RunFilter { Name = id, OnlyUnfinished = true }, cancel))
            if (run.IsOpen && run.Kind == Cairn.Flows.Program.FlowFamily.Word)
                await desk.Cancel(run, call, cancel);
        return answer;
    }

    private Record Own(RecordRows rows, string id, string name) => rows.Find(FlowShelf.Kind, id)
        ?? throw (shelf.Files.ContainsKey(id)
            ? CallFault.Api(403, "PERMISSION_DENIED", "forbidden", $"{name} is a file of this project: change the file")
            : CallFault.NotFound($"Resource '{name}' was not found"));

    private void Check(string id, JsonObject body, bool lenient) => FlowShelf.Valid(
        new FlowSource(
            $"{id}.yaml", (string?)body["sourceContents"] ?? throw CallFault.Bad("sourceContents is missing")),
        shelf.Options(lenient));

    private static void Stamp(JsonObject body, int revision, string now)
    {
        body["revisionId"] = FlowLaunch.RevisionOf((string)body["sourceContents"]!, revision);
        body["revisionCreateTime"] = now;
        body["updateTime"] = now;
    }

    private static JsonObject Shown(string name, JsonObject value)
    {
        var resource = new JsonObject { ["name"] = name, ["state"] = "ACTIVE" };
        foreach (var (key, field) in value)
            resource[key] = field?.DeepClone();
        return resource;
    }

    private static ValueTask<FlowValue> Done(FlowValue value) => ValueTask.FromResult(value);
}
