using System.Text.Json.Nodes;
using Cairn.Flows.Values;
using Cairn.Platform.Connectors.Calls;
using Cairn.Platform.Connectors.Records;

namespace Cairn.Platform.Connectors.Messages;

/// <summary>`eventarcpublishing` channels: CloudEvents of flows go onto the event bus (spec/workflows.md
/// 8.6).</summary>
internal sealed class Channels(RecordBook book)
{
    private const string Api = "googleapis.eventarcpublishing.v1.projects.locations.channels.";

    /// <summary>The methods that change something.</summary>
    public CallTable Writes => new() { [Api + "publishEvents"] = (call, _) => ValueTask.FromResult(Publish(call)) };

    private FlowValue Publish(Call call)
    {
        var channel = call.Arguments.Text("channel") ?? call.Arguments.Required("parent");
        ResourcePath.Parts(channel, "projects/*/locations/*/channels/*");
        var body = call.Arguments.Body();
        var events = Events(body, call).ToList();
        if (events.Count == 0)
            throw CallFault.Bad("no events were given: write events, or textEvents");
        return book.Once(call, rows =>
        {
            foreach (var one in events)
            {
                one.TryAdd("time", Times.Text(rows.Now));
                one["channel"] = channel;
                EventBus.Publish(rows, one);
            }

            return FlowValue.Of(FlowMap.Empty);
        });
    }

    private static IEnumerable<JsonObject> Events(JsonObject body, Call call)
    {
        foreach (var one in body["events"] as JsonArray ?? [])
            yield return Checked(one as JsonObject);
        foreach (var text in body["textEvents"] as JsonArray ?? [])
            yield return Checked(Parse(text?.ToString() ?? ""));
        // T25: the method that does not exist gives one event, without what the service would add.
        if (body["event"] is not JsonObject single)
            yield break;
        single = (JsonObject)single.DeepClone();
        single.TryAdd("id", call.Key);
        single.TryAdd("specversion", "1.0");
        yield return Checked(single);
    }

    private static JsonObject? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    // The protobuf form of an event has its attributes in maps of their own.
    private static JsonObject Checked(JsonObject? given)
    {
        if (given is null)
            throw CallFault.Bad("an event is a map: a CloudEvent in its JSON form");
        var plain = new JsonObject();
        foreach (var (key, value) in given)
        {
            switch (key)
            {
                case "@type":
                    break;
                case "specVersion":
                    plain["specversion"] = value?.DeepClone();
                    break;
                case "textData":
                    plain["data"] = Parse(value?.ToString() ?? "") ?? value?.DeepClone();
                    break;
                case "attributes":
                    foreach (var (name, attribute) in value as JsonObject ?? [])
                        plain[name] = (attribute as JsonObject)?.FirstOrDefault().Value?.DeepClone();
                    break;
                default:
                    plain[key] = value?.DeepClone();
                    break;
            }
        }

        foreach (var needed in new[] { "id", "source", "specversion", "type" })
            if (plain[needed]?.ToString() is not { Length: > 0 })
                throw CallFault.Bad($"no CloudEvent: {needed} is missing");
        return plain["specversion"]!.ToString() == "1.0"
            ? plain
            : throw CallFault.Bad($"no CloudEvent of version 1.0: specversion is {plain["specversion"]}");
    }
}
