using Cairn.Flows.Values;

namespace Cairn.Platform.Tests.Connectors.Records;

/// <summary>Writes of records happen once an effect's key, whatever a crash takes.</summary>
public sealed class RecordRecoveryTests : IDisposable
{
    private readonly CallBench _bench = new();

    [Theory]
    [InlineData("googleapis.pubsub.v1.projects.topics.create", """{"name":"projects/p/topics/x"}""")]
    [InlineData("googleapis.pubsub.v1.projects.topics.publish",
        """{"topic":"projects/p/topics/t","body":{"messages":[{"data":"aGk="}]}}""")]
    [InlineData("googleapis.firestore.v1.projects.databases.documents.createDocument",
        """{"parent":"projects/p/databases/(default)/documents","collectionId":"c","body":{}}""")]
    [InlineData("googleapis.secretmanager.v1.projects.secrets.create",
        """{"parent":"projects/p","secretId":"s","body":{}}""")]
    [InlineData("googleapis.cloudtasks.v2.projects.locations.queues.create",
        """{"parent":"projects/p/locations/l","body":{"name":"projects/p/locations/l/queues/q"}}""")]
    [InlineData("googleapis.cloudscheduler.v1.projects.locations.jobs.create", """
        {"parent":"projects/p/locations/l","body":{"name":"projects/p/locations/l/jobs/j","schedule":"0 4 * * *",
         "pubsubTarget":{"topicName":"projects/p/topics/t"}}}
        """)]
    [InlineData("googleapis.logging.v2.entries.write",
        """{"body":{"entries":[{"logName":"projects/p/logs/l","textPayload":"hi"}]}}""")]
    public async Task A_write_whose_report_was_lost_is_answered_the_same(string call, string args)
    {
        await _bench.Call(
            "record.write", "googleapis.pubsub.v1.projects.topics.create", """{"name":"projects/p/topics/t"}""");
        var order = _bench.Order("record.write", call, args);
        var first = CallBench.Answer(await _bench.End(order));
        _bench.Reopen();

        var again = CallBench.Answer(await _bench.End(order with { Issue = 2 }, recovered: true));

        Assert.Equal(first, again);
    }

    [Fact]
    public async Task A_message_whose_report_was_lost_is_there_once()
    {
        const string api = "googleapis.pubsub.v1.projects.";
        await _bench.Call("record.write", api + "topics.create", """{"name":"projects/p/topics/t"}""");
        await _bench.Call(
            "record.write", api + "subscriptions.create",
            """{"name":"projects/p/subscriptions/s","body":{"topic":"projects/p/topics/t"}}""");
        var order = _bench.Order(
            "record.write", api + "topics.publish",
            """{"topic":"projects/p/topics/t","body":{"messages":[{"data":"aGk="}]}}""");
        await _bench.End(order);
        _bench.Reopen();
        await _bench.End(order with { Issue = 2 }, recovered: true);

        var pulled = (await _bench.Call("record.write", api + "subscriptions.pull", """
            {"subscription":"projects/p/subscriptions/s","body":{"maxMessages":10,"returnImmediately":true}}
            """)).AsMap();

        Assert.Single(pulled.Get("receivedMessages").AsList());
    }

    [Fact]
    public async Task The_same_effect_with_other_arguments_is_refused()
    {
        var order = _bench.Order(
            "record.write", "googleapis.pubsub.v1.projects.topics.create", """{"name":"projects/p/topics/a"}""");
        await _bench.End(order);
        var other = _bench.Order(
            "record.write", "googleapis.pubsub.v1.projects.topics.create", """{"name":"projects/p/topics/b"}""");

        var end = await _bench.End(other with { Key = order.Key, Issue = 2 }, recovered: true);

        Assert.Equal(400, Assert.Throws<FlowError>(() => CallBench.Answer(end)).Value.AsMap().Get("code").AsInteger());
    }

    public void Dispose() => _bench.Dispose();
}
