using System.Text.Json;
using System.Text.Json.Nodes;
using Cairn.Flows.Values;
using Cairn.Platform.Connectors.Calls;
using Cairn.Platform.Connectors.Records;

namespace Cairn.Platform.Connectors.Messages;

/// <summary>`googleapis.pubsub.v1`: topics and pull subscriptions in the records (spec/workflows.md 6.5,
/// 8.6).</summary>
internal sealed class PubSub(RecordBook book)
{
    private const string Api = "googleapis.pubsub.v1.projects.";
    private const string Topic = "pubsub.topic";
    private const string Subscription = "pubsub.subscription";
    private const string TopicForm = "projects/*/topics/*";
    private const string SubscriptionForm = "projects/*/subscriptions/*";
    private const int ShortestDeadline = 10;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <summary>The methods that only look.</summary>
    public CallTable Reads => new()
    {
        [Api + "topics.get"] = (call, _) => Get(Topic, call.Arguments.Required("topic")),
        [Api + "topics.list"] = (call, _) => List(call, "topics", Topic),
        [Api + "subscriptions.get"] = (call, _) => Get(Subscription, call.Arguments.Required("subscription")),
        [Api + "subscriptions.list"] = (call, _) => List(call, "subscriptions", Subscription),
    };

    /// <summary>The methods that change something.</summary>
    public CallTable Writes => new()
    {
        [Api + "topics.create"] = (call, _) => CreateTopic(call),
        [Api + "topics.publish"] = (call, _) => Publish(call),
        [Api + "topics.delete"] = (call, _) => DeleteTopic(call),
        [Api + "subscriptions.create"] = (call, _) => Subscribe(call),
        [Api + "subscriptions.pull"] = Pull,
        [Api + "subscriptions.acknowledge"] = (call, _) => Acknowledge(call),
        [Api + "subscriptions.delete"] = (call, _) => Unsubscribe(call),
    };

    /// <summary>Puts a message into a topic; returns its id. 404 when there is no such topic.</summary>
    public static string Publish(RecordRows rows, string topic, JsonObject message)
    {
        rows.Get(Topic, topic);
        var next = (rows.Find("counter", "pubsub")?.Value["next"]?.GetValue<long>() ?? 0) + 1;
        rows.Put("counter", "pubsub", new JsonObject { ["next"] = next });
        var stored = (JsonObject)message.DeepClone();
        stored["messageId"] = $"{next}";
        stored["publishTime"] = Times.Text(rows.Now);
        foreach (var subscription in rows.List(Subscription, "", "", int.MaxValue))
            if ((string?)subscription.Value["topic"] == topic)
                MessageRows.Add(rows, subscription.Name, stored);
        EventBus.Publish(rows, new JsonObject
        {
            ["specversion"] = "1.0",
            ["id"] = $"pubsub-{next}",
            ["source"] = $"//pubsub.googleapis.com/{topic}",
            ["type"] = "google.cloud.pubsub.topic.v1.messagePublished",
            ["time"] = Times.Text(rows.Now),
            ["datacontenttype"] = "application/json",
            ["data"] = new JsonObject { ["message"] = stored.DeepClone() },
        });
        return $"{next}";
    }

    private ValueTask<FlowValue> Get(string kind, string name) =>
        Done(CodedJson.Of(book.Read(rows => rows.Get(kind, name)).Value));

    private ValueTask<FlowValue> List(Call call, string field, string kind) => Done(RecordPages.List(
        book, call.Arguments, field, kind, call.Arguments.Required("project") + "/", static record => record.Value));

    private ValueTask<FlowValue> CreateTopic(Call call)
    {
        var name = Checked(call, "name", TopicForm);
        var body = call.Arguments.Body();
        body["name"] = name;
        return Done(book.Once(call, rows => CodedJson.Of(rows.Add(Topic, name, body).Value)));
    }

    private ValueTask<FlowValue> Publish(Call call)
    {
        var topic = Checked(call, "topic", TopicForm);
        if (call.Arguments.Body()["messages"] is not JsonArray { Count: > 0 } messages)
            throw CallFault.Bad("The value for message_count is too small. You passed 0, the minimum is 1.");
        foreach (var message in messages)
            Check(message as JsonObject ?? throw CallFault.Bad("messages: each one is a map"));
        return Done(book.Once(call, rows => CodedJson.Of(new JsonObject
        {
            ["messageIds"] = new JsonArray(
                [.. messages.Select(message => JsonValue.Create(Publish(rows, topic, (JsonObject)message!)))]),
        })));
    }

    private static void Check(JsonObject message)
    {
        var data = (string?)message["data"] ?? "";
        if (!Convert.TryFromBase64String(data, new byte[data.Length], out _))
            throw CallFault.Bad("messages.data should be base64: use base64.encode(text.encode(…))");
        if (data.Length == 0 && message["attributes"] is not JsonObject { Count: > 0 })
            throw CallFault.Bad("A message must have data or attributes.");
        foreach (var (key, value) in message["attributes"] as JsonObject ?? [])
            if (value?.GetValueKind() != JsonValueKind.String)
                throw CallFault.Bad($"messages.attributes.{key} should be a string");
    }

    private ValueTask<FlowValue> DeleteTopic(Call call)
    {
        var topic = Checked(call, "topic", TopicForm);
        return Done(book.Once(call, rows =>
        {
            rows.Get(Topic, topic);
            rows.Remove(Topic, topic);
            foreach (var subscription in rows.List(Subscription, "", "", int.MaxValue))
            {
                if ((string?)subscription.Value["topic"] != topic)
                    continue;
                subscription.Value["topic"] = "_deleted-topic_";
                rows.Put(Subscription, subscription.Name, subscription.Value);
            }

            return FlowValue.Of(FlowMap.Empty);
        }));
    }

    private ValueTask<FlowValue> Subscribe(Call call)
    {
        var name = Checked(call, "name", SubscriptionForm);
        var body = call.Arguments.Body();
        foreach (var unknown in new[] { "pushConfig", "bigqueryConfig", "cloudStorageConfig", "filter" })
            if (body[unknown] is not (null or JsonObject { Count: 0 }))
                throw CallFault.NotHere(call.Name, $"{unknown} is not known, subscriptions are pulled here");
        var topic = (string?)body["topic"] ?? throw CallFault.Bad("topic is missing");
        body["name"] = name;
        body["ackDeadlineSeconds"] = Deadline(body);
        body["state"] = "ACTIVE";
        return Done(book.Once(call, rows =>
        {
            rows.Get(Topic, topic);
            return CodedJson.Of(rows.Add(Subscription, name, body).Value);
        }));
    }

    private async ValueTask<FlowValue> Pull(Call call, CancellationToken cancel)
    {
        var name = Checked(call, "subscription", SubscriptionForm);
        var body = call.Arguments.Body();
        var most = body["maxMessages"]?.GetValueKind() == JsonValueKind.Number ? (int)(long)body["maxMessages"]! : 0;
        if (most <= 0)
            throw CallFault.Bad("maxMessages should be a number from 1");
        if ((bool?)body["returnImmediately"] != true)
            await book.Until(
                rows => MessageRows.Any(rows, name) || rows.Find(Subscription, name) is null, s_patience, cancel);
        return book.Once(call, rows =>
        {
            var lease = TimeSpan.FromSeconds(Deadline(rows.Get(Subscription, name).Value));
            var taken = MessageRows.Take(rows, name, Math.Min(most, 1000), lease);
            var answer = new JsonObject();
            if (taken.Count > 0)
                answer["receivedMessages"] = new JsonArray([.. taken.Select(one => new JsonObject
                {
                    ["ackId"] = one.Ack, ["message"] = one.Message, ["deliveryAttempt"] = one.Deliveries,
                })]);
            return CodedJson.Of(answer);
        });
    }

    private ValueTask<FlowValue> Acknowledge(Call call)
    {
        var name = Checked(call, "subscription", SubscriptionForm);
        var acks = call.Arguments.Body()["ackIds"] as JsonArray ?? throw CallFault.Bad("ackIds is missing");
        return Done(book.Once(call, rows =>
        {
            rows.Get(Subscription, name);
            foreach (var ack in acks)
                MessageRows.Acknowledge(rows, name, ack?.ToString() ?? "");
            return FlowValue.Of(FlowMap.Empty);
        }));
    }

    private ValueTask<FlowValue> Unsubscribe(Call call)
    {
        var name = Checked(call, "subscription", SubscriptionForm);
        return Done(book.Once(call, rows =>
        {
            rows.Get(Subscription, name);
            rows.Remove(Subscription, name);
            MessageRows.Clear(rows, name);
            return FlowValue.Of(FlowMap.Empty);
        }));
    }

    private static long Deadline(JsonObject body) =>
        body["ackDeadlineSeconds"] is { } given && long.TryParse(given.ToString(), out var seconds) && seconds > 0
            ? Math.Clamp(seconds, ShortestDeadline, 600)
            : ShortestDeadline;

    private static string Checked(Call call, string argument, string form)
    {
        var name = call.Arguments.Required(argument);
        ResourcePath.Parts(name, form);
        return name;
    }

    private static ValueTask<FlowValue> Done(FlowValue value) => ValueTask.FromResult(value);
}
