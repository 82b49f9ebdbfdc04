using Cairn.Flows.Values;

namespace Cairn.Platform.Tests.Connectors.Records;

/// <summary>Topics, subscriptions and channels (spec/workflows.md 6.5, 8.6).</summary>
public sealed class MessageTests : IDisposable
{
    private const string Api = "googleapis.pubsub.v1.projects.";
    private readonly CallBench _bench = new();

    [Fact]
    public async Task A_published_message_is_pulled_by_each_subscription_and_gone_when_acknowledged()
    {
        await Topic();
        await Subscribe("one");
        await Subscribe("two");

        var ids = (await Write("topics.publish", """
            {"topic":"projects/p/topics/t","body":{"messages":[{"data":"aGk=","attributes":{"k":"v"}},{"data":"eW8="}]}}
            """)).Get("messageIds").AsList();
        var first = Received(await Pull("one"));
        var hidden = await Pull("one");
        await Write("subscriptions.acknowledge", $$$"""
            {"subscription":"projects/p/subscriptions/one","body":{"ackIds":["{{{T(first[0].AsMap(), "ackId")}}}"]}}
            """);

        Assert.Equal(2, ids.Count);
        Assert.Equal(2, first.Count);
        var message = first[0].AsMap().Get("message").AsMap();
        Assert.Equal(
            ("aGk=", "v", ids[0].AsText()),
            (T(message, "data"), T(message.Get("attributes").AsMap(), "k"), T(message, "messageId")));
        Assert.False(hidden.Has("receivedMessages"));
        Assert.Equal(2, Received(await Pull("two")).Count);
    }

    [Fact]
    public async Task A_message_goes_to_the_event_bus_as_a_CloudEvent()
    {
        await Topic();
        await Write("topics.publish", """{"topic":"projects/p/topics/t","body":{"messages":[{"data":"aGk="}]}}""");
        await _bench.Call(
            "record.write", "googleapis.eventarcpublishing.v1.projects.locations.channels.publishEvents", """
            {"parent":"projects/p/locations/l/channels/c",
             "body":{"event":{"type":"my.type","source":"me","data":{"a":1}}}}
            """);

        var events = _bench.Calls.Book.Write(rows => Cairn.Platform.Connectors.Messages.EventBus.Take(rows, 10));

        Assert.Equal(
            ["google.cloud.pubsub.topic.v1.messagePublished", "my.type"],
            events.Select(one => (string)one.Event["type"]!));
        Assert.Equal("1.0", (string?)events[1].Event["specversion"]);
    }

    [Theory]
    [InlineData(
        """{"channel":"projects/p/locations/l/channels/c","body":{"events":[{"id":"1","source":"s","type":"t"}]}}""")]
    [InlineData("""{"channel":"projects/p/locations/l/channels/c","body":{}}""")]
    [InlineData("""{"channel":"c","body":{"events":[]}}""")]
    [InlineData("""{"channel":"projects/p/locations/l/channels/c","body":{"textEvents":["no json"]}}""")]
    public async Task What_is_no_CloudEvent_is_400(string args)
    {
        var error = await _bench.Fault(
            "record.write", "googleapis.eventarcpublishing.v1.projects.locations.channels.publishEvents", args);

        Assert.Equal(400, error.Get("code").AsInteger());
    }

    [Theory]
    [InlineData("topics.publish", """{"topic":"projects/p/topics/none","body":{"messages":[{"data":"aGk="}]}}""", 404)]
    [InlineData(
        "topics.publish", """{"topic":"projects/p/topics/t","body":{"messages":[{"data":"no-base64"}]}}""", 400)]
    [InlineData("topics.publish", """{"topic":"projects/p/topics/t","body":{"messages":[]}}""", 400)]
    [InlineData("topics.create", """{"name":"projects/p/topics/t"}""", 409)]
    [InlineData(
        "subscriptions.create", """{"name":"projects/p/subscriptions/s","body":{"topic":"projects/p/topics/x"}}""",
        404)]
    [InlineData("subscriptions.create",
        """{"name":"projects/p/subscriptions/s","body":{"topic":"projects/p/topics/t","filter":"x"}}""", 501)]
    [InlineData(
        "subscriptions.pull", """{"subscription":"projects/p/subscriptions/s","body":{"maxMessages":1}}""", 404)]
    public async Task What_cannot_be_done_says_its_status(string method, string args, int code)
    {
        await Topic();

        var error = await _bench.Fault("record.write", Api + method, args);

        Assert.Equal(code, error.Get("code").AsInteger());
    }

    public void Dispose() => _bench.Dispose();

    private static string T(FlowMap map, string key) => map.Get(key).AsText();

    private static FlowList Received(FlowMap answer) => answer.Get("receivedMessages").AsList();

    private async Task<FlowMap> Write(string method, string args) =>
        (await _bench.Call("record.write", Api + method, args)).AsMap();

    private Task<FlowMap> Topic() => Write("topics.create", """{"name":"projects/p/topics/t"}""");

    private Task<FlowMap> Subscribe(string name) => Write("subscriptions.create", $$$"""
        {"name":"projects/p/subscriptions/{{{name}}}","body":{"topic":"projects/p/topics/t","ackDeadlineSeconds":60}}
        """);

    private Task<FlowMap> Pull(string name) => Write("subscriptions.pull", $$$"""
        {"subscription":"projects/p/subscriptions/{{{name}}}","body":{"maxMessages":10,"returnImmediately":true}}
        """);
}
