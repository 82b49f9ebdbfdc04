using System.Text.Json.Nodes;
using Cairn.Engine.Effects;

namespace Cairn.Simulation.Flows;

/// <summary>
/// What flows call, and what outlives the engine's process: a store that remembers effect keys, a stranger who does
/// not, jobs that are found by their key.
/// </summary>
internal sealed class Outside
{
    private readonly SortedDictionary<string, string> _objects = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, JsonObject> _answers = new(StringComparer.Ordinal);
    private int _generation;

    /// <summary>Posts that the stranger took, by effect key: each must be there once.</summary>
    public List<string> Posts { get; } = [];

    /// <summary>The objects of the store, with their content.</summary>
    public IReadOnlyDictionary<string, string> Objects => _objects;

    /// <summary>Does a call; a second time under the same key it answers as the first time where it can know.</summary>
    public JsonObject Answer(EffectOrder order)
    {
        var request = JsonNode.Parse(order.Ask.Request.Span)!;
        var arguments = request["args"]!.AsObject();
        var key = order.Key.ToString();
        return order.Ask.Kind switch
        {
            "store.read" => Read(arguments),
            "store.write" => Once(key, () => Write(arguments)),
            "http.read" => Result(Response(new JsonObject { ["asked"] = arguments["url"]!.DeepClone() })),
            "http.write" => Post(key, arguments),
            "job" or "child" => Once(key, () => Result(new JsonObject { ["done"] = true })),
            _ => throw new InvalidOperationException($"nobody performs {order.Ask.Kind}"),
        };
    }

    private JsonObject Once(string key, Func<JsonObject> act)
    {
        if (!_answers.TryGetValue(key, out var answer)) _answers[key] = answer = act();
        return (JsonObject)answer.DeepClone();
    }

    private JsonObject Read(JsonObject arguments) =>
        _objects.TryGetValue(Name(arguments, "object"), out var content)
            ? Result(content)
            : Error(404, $"No such object: {Name(arguments, "object")}");

    private JsonObject Write(JsonObject arguments)
    {
        var name = Name(arguments, "name");
        if (arguments["ifGenerationMatch"] is not null && _objects.ContainsKey(name))
            return Error(412, "conditionNotMet");
        _objects[name] = arguments["body"]?.ToString() ?? "";
        return Result(new JsonObject { ["name"] = name, ["generation"] = $"{++_generation}" });
    }

    private JsonObject Post(string key, JsonObject arguments)
    {
        Posts.Add(key);
        return Result(Response(new JsonObject { ["took"] = arguments["body"]?.DeepClone() }));
    }

    private static string Name(JsonObject arguments, string field) => $"{arguments["bucket"]}/{arguments[field]}";

    private static JsonObject Response(JsonObject body) =>
        new() { ["body"] = body, ["code"] = 200, ["headers"] = new JsonObject() };

    private static JsonObject Result(JsonNode value) => new() { ["result"] = value };

    private static JsonObject Error(int code, string message) => new()
    {
        ["error"] = new JsonObject
        {
            ["tags"] = new JsonArray("HttpError"),
            ["code"] = code,
            ["message"] = message,
        },
    };
}
