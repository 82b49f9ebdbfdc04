using System.Text.Json;
using System.Text.Json.Serialization;
using Cairn.Engine.Runs;
using Cairn.Platform.Triggers.Following;

namespace Cairn.Cli.Runs;

/// <summary>A run as JSON: what scripts hold on to (docs/cli.md, JSON contracts).</summary>
internal sealed record RunDocument
{
    /// <summary>`name-n`.</summary>
    public required string Id { get; init; }

    /// <summary>`graph` or `flow`.</summary>
    public required string Kind { get; init; }

    /// <summary>The first half of the id.</summary>
    public required string Name { get; init; }

    /// <summary>32 hexadecimal digits.</summary>
    public required string Uid { get; init; }

    /// <summary>`succeeded`, `failed`, `cancelled`, `running` or `waiting`.</summary>
    public required string Outcome { get; init; }

    /// <summary>The language's own word.</summary>
    public required string State { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>What started it; a run of the command line has none.</summary>
    public string? Trigger { get; init; }

    /// <summary>k=v.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>A graph's groups: `name`, `state`, `reason`.</summary>
    public JsonElement? Groups { get; init; }

    /// <summary>A graph's tasks: `name`, `state`, `exit_code`, `reason` and more.</summary>
    public JsonElement? Tasks { get; init; }

    /// <summary>A flow's steps that were executed: `name`, `routine`, `state`, `count` and more.</summary>
    public JsonElement? Steps { get; init; }

    /// <summary>What a flow returned; null is a value like any other.</summary>
    public JsonElement? Result { get; init; }

    /// <summary>Who cancelled a flow, and why.</summary>
    public string? Reason { get; init; }

    /// <summary>The one reason why it does not go on.</summary>
    public string? WaitingFor { get; init; }

    /// <summary>What stopped a run that stands STUCK or DIVERGED, or what a flow raised.</summary>
    public JsonElement? Error { get; init; }

    /// <summary>A run with what its program says of itself; <paramref name="description"/> may be empty.</summary>
    public static RunDocument Of(RunHead run, ReadOnlyMemory<byte> description)
    {
        var told = Told(run.IsOpen || run.Result.IsEmpty ? description : run.Result);
        return new RunDocument
        {
            Id = run.Id,
            Kind = run.Kind,
            Name = run.Name,
            Uid = run.Uid.ToString(),
            Outcome = OutcomeOf(run).ToString().ToLowerInvariant(),
            State = StateOf(run),
            Created = run.Created,
            Started = run.Started,
            Ended = run.Ended,
            Trigger = run.Labels.Where(label => label.Key == StartOrders.TriggerLabel)
                .Select(label => label.Value).FirstOrDefault(),
            Labels = run.Labels.Count == 0 ? null : new SortedDictionary<string, string>(
                run.Labels.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal),
            Groups = Member(told, "groups"),
            Tasks = Member(told, "tasks"),
            Steps = Member(told, "steps"),
            Result = told is { ValueKind: JsonValueKind.Object } ended && ended.TryGetProperty("result", out var result)
                ? result
                : null,
            Reason = Member(told, "reason")?.GetString(),
            WaitingFor = run.IsOpen ? Waiting(run, told) : null,
            Error = run.ParkMessage.Length == 0 ? Member(told, "error") : Text(run.ParkMessage),
        };
    }

    /// <summary>The word to show: a parked run has the engine's own.</summary>
    public static string StateOf(RunHead run) => run.Parked switch
    {
        Parked.Interrupted => "INTERRUPTED",
        Parked.Stuck => "STUCK",
        Parked.Diverged => "DIVERGED",
        _ => run.State.Length > 0 ? run.State : "PENDING",
    };

    /// <summary>What became of it: parked by a person it waits, parked by its own fault it has failed.</summary>
    public static Outcome OutcomeOf(RunHead run) => run.Parked switch
    {
        Parked.Interrupted => Engine.Runs.Outcome.Waiting,
        Parked.Stuck or Parked.Diverged => Engine.Runs.Outcome.Failed,
        _ => run.Outcome,
    };

    private static string? Waiting(RunHead run, JsonElement? told) => run.Parked switch
    {
        Parked.Interrupted => $"a word: cairn runs resume {run.Id}",
        Parked.Stuck or Parked.Diverged => $"a person: {run.ParkMessage}",
        _ => Member(told, "waiting_for")?.GetString(),
    };

    private static JsonElement? Told(ReadOnlyMemory<byte> json)
    {
        if (json.IsEmpty)
            return null;
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    private static JsonElement? Member(JsonElement? told, string name) =>
        told is { ValueKind: JsonValueKind.Object } element
        && element.TryGetProperty(name, out var member)
        && member.ValueKind != JsonValueKind.Null
            ? member
            : null;

    private static JsonElement Text(string text) =>
        JsonSerializer.SerializeToElement(text, RunJson.Default.String);
}

/// <summary>JSON of runs.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RunDocument))]
[JsonSerializable(typeof(IReadOnlyList<RunDocument>))]
[JsonSerializable(typeof(SortedDictionary<string, string>))]
[JsonSerializable(typeof(string))]
internal sealed partial class RunJson : JsonSerializerContext;
