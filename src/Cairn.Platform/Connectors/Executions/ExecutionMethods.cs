using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cairn.Engine.Runs;
using Cairn.Engine.Secrets;
using Cairn.Flows.Program;
using Cairn.Flows.Values;
using Cairn.Platform.Connectors.Calls;
using Cairn.Platform.Connectors.Jobs;
using Cairn.Platform.Connectors.Runs;
using Cairn.Platform.Projects;

namespace Cairn.Platform.Connectors.Executions;

/// <summary>
/// `googleapis.workflowexecutions.v1`: executions are child runs whose uids follow from the effect's key, so that a
/// call
/// that a crash interrupted finds its child again. A child goes on when its parent is cancelled (architecture 3.12).
/// </summary>
/// <param name="desk">Where runs are started.</param>
/// <param name="shelf">The flows by name.</param>
/// <param name="project">Whose environment they see.</param>
/// <param name="vault">Seals marked arguments.</param>
internal sealed partial class ExecutionMethods(RunDesk desk, FlowShelf shelf, Project project, SecretVault vault)
{
    private const string Api = "googleapis.workflowexecutions.v1.projects.locations.workflows.executions.";
    private const string WorkflowForm = "projects/*/locations/*/workflows/*";
    private const string ExecutionForm = WorkflowForm + "/executions/*";
    private const int LargestMap = 10_000;

    /// <summary>The methods that only look.</summary>
    public CallTable Reads => new() { [Api + "get"] = Get, [Api + "list"] = List };

    /// <summary>The methods that start children.</summary>
    public CallTable Starts => new()
    {
        [Api + "create"] = Create,
        [Api + "run"] = Run,
        ["experimental.executions.run"] = Run,
        ["experimental.executions.map"] = Map,
    };

    /// <summary>Stops one.</summary>
    public CallTable Writes => new() { [Api + "cancel"] = Cancel };

    private async ValueTask<FlowValue> Create(Call call, CancellationToken cancel)
    {
        // T25: the method of another service that does not exist calls the parent `name`.
        var parent = call.Arguments.Text("parent") ?? call.Arguments.Required("name");
        var body = call.Arguments.Body();
        var argument = Argument(body["argument"]);
        var run = await Start(call, parent, argument, 0, Labels(body), cancel);
        call.Accept(run.Id);
        return CodedJson.Of(FlowExecution.Of(parent, run, await desk.Describe(run, cancel), Text(argument)));
    }

    private async ValueTask<FlowValue> Run(Call call, CancellationToken cancel)
    {
        var workflow = WorkflowOf(call);
        var argument = call.Arguments.Raw("argument") ?? FlowValue.Null;
        var run = await Start(call, workflow, argument, 0, [], cancel);
        call.Accept(run.Id);
        return Operations.SkipsPolling(call.Arguments)
            ? CodedJson.Of(FlowExecution.Of(workflow, run, await desk.Describe(run, cancel), Text(argument)))
            : await Result(workflow, run, cancel);
    }

    private async ValueTask<FlowValue> Map(Call call, CancellationToken cancel)
    {
        var workflow = WorkflowOf(call);
        if (call.Arguments.Raw("arguments") is not { Kind: FlowKind.List } given)
            throw CallFault.Type("argument arguments should be a list");
        var arguments = given.AsList();
        if (arguments.Count > LargestMap)
            throw CallFault.Tagged(
                FlowTags.ResourceLimit, $"{arguments.Count} executions at once, at most {LargestMap} are allowed");
        List<RunHead> runs = [];
        for (var i = 0; i < arguments.Count; i++)
            runs.Add(await Start(call, workflow, arguments[i], i, [], cancel));
        var results = new FlowValue[runs.Count];
        for (var i = 0; i < results.Length; i++)
            results[i] = await Result(workflow, runs[i], cancel);
        return FlowValue.Of(FlowList.Of(results));
    }

    private async Task<RunHead> Start(
        Call call, string workflow, FlowValue argument, int index,
        IReadOnlyList<KeyValuePair<string, string>> labels, CancellationToken cancel)
    {
        var uid = RunDesk.UidOf(call.Key, index);
        // A child that is there already keeps the revision that it was started with.
        if (await desk.Find(uid.ToString(), cancel) is { } known)
            return known;
        var name = ResourcePath.Parts(workflow, WorkflowForm)[2];
        var launch = shelf.Launch(name, workflow, call.Arguments.Lenient) with
        {
            Labels = [.. labels.Where(label => label.Key != "parent"), new("parent", call.Order.RunId)],
        };
        return await desk.Start(
            launch.NewRun(uid, project, argument.IsNull ? default : FlowJson.Encode(argument, vault)), cancel);
    }

    private async Task<FlowValue> Result(string workflow, RunHead started, CancellationToken cancel)
    {
        var run = await desk.Ended(started, cancel);
        var described = await desk.Describe(run, cancel);
        if (run.Outcome == Outcome.Succeeded)
            return FlowExecution.Result(described);
        var execution = FlowExecution.Of(workflow, run, described, argument: null);
        throw CallFault.Operation(
            $"Execution {run.Id} ended as {run.State}: {(string?)execution["error"]?["context"]}",
            CodedJson.Of(execution), CodedJson.Of(execution["error"]));
    }

    private async ValueTask<FlowValue> Get(Call call, CancellationToken cancel)
    {
        var name = call.Arguments.Required("name");
        var run = await Find(name, cancel);
        var isBasic = call.Arguments.Text("view") == "BASIC";
        var argument = isBasic ? null : Text(await desk.Argument(run, vault, cancel));
        var execution = FlowExecution.Of(WorkflowIn(name), run, await desk.Describe(run, cancel), argument);
        if (isBasic)
            execution.Remove("result");
        return CodedJson.Of(execution);
    }

    private async ValueTask<FlowValue> List(Call call, CancellationToken cancel)
    {
        var parent = call.Arguments.Required("parent");
        var name = ResourcePath.Parts(parent, WorkflowForm)[2];
        shelf.Launch(name, parent, call.Arguments.Lenient);
        if (call.Arguments.Text("orderBy") is { Length: > 0 } order)
            throw CallFault.Bad($"orderBy \"{order}\" is not known here: the newest comes first");
        var filter = new RunFilter { Name = name, State = StateIn(call.Arguments.Text("filter")) };
        var runs = (await desk.List(filter, cancel)).Where(run => run.Kind == FlowFamily.Word).Reverse().ToList();
        var size = (int)Math.Clamp(call.Arguments.Whole("pageSize") ?? 100, 1, 1000);
        var skip = (int)Math.Clamp(call.Arguments.Whole("pageToken") ?? 0, 0, runs.Count);
        var answer = new JsonObject
        {
            ["executions"] = new JsonArray([.. runs.Skip(skip).Take(size).Select(run =>
            {
                var basic = FlowExecution.Of(parent, run, default, argument: null);
                basic.Remove("result");
                return basic;
            })]),
        };
        if (skip + size < runs.Count)
            answer["nextPageToken"] = $"{skip + size}";
        return CodedJson.Of(answer);
    }

    private async ValueTask<FlowValue> Cancel(Call call, CancellationToken cancel)
    {
        var name = call.Arguments.Required("name");
        var run = await Find(name, cancel);
        if (run.IsOpen)
        {
            await desk.Cancel(run, call, cancel);
            run = await desk.Ended(run, cancel);
        }
        else if (!await desk.WasCancelledBy(run, call, cancel))
        {
            throw CallFault.Api(
                400, "FAILED_PRECONDITION", "failedPrecondition", $"execution {run.Id} has ended as {run.State}");
        }

        return CodedJson.Of(FlowExecution.Of(WorkflowIn(name), run, await desk.Describe(run, cancel), argument: null));
    }

    private async Task<RunHead> Find(string name, CancellationToken cancel)
    {
        var parts = ResourcePath.Parts(name, ExecutionForm);
        return await desk.Find(parts[3], cancel) is { Kind: FlowFamily.Word } run && run.Name == parts[2]
            ? run
            : throw CallFault.NotFound($"execution {name} not found");
    }

    private string WorkflowOf(Call call) =>
        $"projects/{call.Arguments.Text("project_id") ?? project.Name}/locations/"
        + $"{call.Arguments.Text("location") ?? "local"}/workflows/{call.Arguments.Required("workflow_id")}";

    private static string WorkflowIn(string execution) =>
        execution[..execution.LastIndexOf("/executions/", StringComparison.Ordinal)];

    private static FlowValue Argument(JsonNode? given)
    {
        if (given is null)
            return FlowValue.Null;
        if (given.GetValueKind() != JsonValueKind.String)
            throw CallFault.Bad("argument should be a string of JSON: use json.encode_to_string");
        try
        {
            return PublicJson.Decode(Encoding.UTF8.GetBytes(given.GetValue<string>()));
        }
        catch (FlowError wrong)
        {
            throw CallFault.Bad($"argument is no JSON: {wrong.Message}");
        }
    }

    private static string Text(FlowValue argument) => Encoding.UTF8.GetString(
        PublicJson.SecretsIn(argument) is null
            ? PublicJson.Encode(argument, isLenient: true)
            : PublicJson.Encode(FlowValue.Of(FlowJson.Shown(argument))));

    private static List<KeyValuePair<string, string>> Labels(JsonObject body) =>
        [.. (body["labels"] as JsonObject ?? []).Select(
            pair => KeyValuePair.Create(pair.Key, pair.Value?.ToString() ?? ""))];

    private static string? StateIn(string? filter)
    {
        if (string.IsNullOrWhiteSpace(filter))
            return null;
        var match = StateForm().Match(filter);
        return match.Success
            ? match.Groups["state"].Value
            : throw CallFault.Bad($"filter \"{filter}\" is not known here; write state=\"FAILED\"");
    }

    [GeneratedRegex("\\A\\s*state\\s*=\\s*\"?(?<state>[A-Z]+)\"?\\s*\\z", RegexOptions.ExplicitCapture)]
    private static partial Regex StateForm();
}
