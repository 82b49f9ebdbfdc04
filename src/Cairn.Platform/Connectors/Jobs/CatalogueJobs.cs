using System.Text.Json.Nodes;
using Cairn.Engine.Runs;
using Cairn.Flows.Values;
using Cairn.Graphs.Tasks;
using Cairn.Platform.Connectors.Calls;
using Cairn.Platform.Connectors.Http;
using Cairn.Platform.Connectors.Runs;
using Cairn.Platform.Jobs;
using Cairn.Platform.Projects;

namespace Cairn.Platform.Connectors.Jobs;

/// <summary>
/// `cairn.job.run`: a job of the catalogue in one call that ends with it, and that it ends with: a call that nobody
/// waits
/// for any more cancels its run (architecture 3.12).
/// </summary>
internal sealed class CatalogueJobs(RunDesk desk, Project project, Func<TaskOrder, string?> misfit)
{
    /// <summary>Starts one.</summary>
    public CallTable Starts => new() { ["cairn.job.run"] = Run };

    private async ValueTask<FlowValue> Run(Call call, CancellationToken cancel)
    {
        var name = call.Arguments.Required("job");
        var job = project.Jobs.FirstOrDefault(job => job.Name == name) ?? throw CallFault.NotFound(
            $"there is no job {name}; known: {string.Join(", ", project.Jobs.Select(one => one.Name))}");
        if (call.Arguments.Text("pool") is { } pool)
            job = project.Pools.Any(known => known.Name == pool)
                ? job with { Pool = pool }
                : throw CallFault.Value($"there is no pool {pool}");
        var launch = Launch(job, call);
        if (misfit(launch.Order(project.Pools)) is { } reason)
            throw CallFault.Bad($"job {name} can never run: {reason}");
        var run = await desk.Start(launch.NewRun(RunDesk.UidOf(call.Key), project.Pools), cancel);
        call.Accept(run.Id);
        try
        {
            run = await desk.Ended(run, cancel);
        }
        catch (OperationCanceledException)
        {
            await desk.Cancel(run, call, CancellationToken.None);
            throw;
        }

        var result = new JsonObject
        {
            ["job"] = name,
            ["run"] = run.Id,
            ["state"] = run.State,
            ["outcome"] = run.Outcome.ToString().ToLowerInvariant(),
            ["tasks"] = (JsonNode.Parse(run.Result.Span) as JsonObject)?["tasks"]?.DeepClone(),
        };
        return run.Outcome == Outcome.Succeeded ? CodedJson.Of(result) : throw CallFault.Operation(
            $"job {name} ended as {run.State}, see cairn runs show {run.Id}", CodedJson.Of(result), FlowValue.Null);
    }

    private static JobLaunch Launch(ProjectJob job, Call call)
    {
        var arguments = call.Arguments;
        return new JobLaunch(job)
        {
            Args = arguments.Raw("args") switch
            {
                null => null,
                { Kind: FlowKind.List } list => [.. list.AsList().Select(item => Scalar(item, "args", arguments))],
                { } other => throw CallArguments.Wrong("args", "a list", other),
            },
            Environment = Pairs(arguments, "env"),
            Inputs = Pairs(arguments, "inputs"),
            Timeout = arguments.Raw("timeout") switch
            {
                null => null,
                { Kind: FlowKind.Integer or FlowKind.Double } seconds => TimeSpan.FromSeconds(seconds.AsDouble()),
                { } other => throw CallArguments.Wrong("timeout", "a number of seconds", other),
            },
            Labels = [new(RunJobs.JobLabel, job.Name), new("caller", call.Order.RunId)],
        };
    }

    private static List<KeyValuePair<string, string>> Pairs(CallArguments arguments, string name) =>
        arguments.Raw(name) switch
        {
            null => [],
            { Kind: FlowKind.Map } map =>
                [.. map.AsMap().Select(pair => KeyValuePair.Create(pair.Key, Scalar(pair.Value, name, arguments)))],
            { } other => throw CallArguments.Wrong(name, "a map", other),
        };

    private static string Scalar(FlowValue value, string name, CallArguments arguments) =>
        HttpArguments.Scalar(value, arguments.Lenient)
        ?? throw CallArguments.Wrong(name, "texts, numbers and booleans", value);
}
