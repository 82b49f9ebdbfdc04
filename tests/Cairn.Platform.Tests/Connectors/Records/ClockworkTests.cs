using Cairn.Flows.Values;
using Cairn.Platform.Tests.Connectors.Http;
using Cairn.Platform.Triggers.Schedules;

namespace Cairn.Platform.Tests.Connectors.Records;

/// <summary>Tasks that are delivered and schedules that fire (spec/workflows.md 6.5, 8.7).</summary>
public sealed class ClockworkTests : IDisposable
{
    private const string Queue = "projects/p/locations/l/queues/q";
    private const string Tasks = "googleapis.cloudtasks.v2.projects.locations.queues.";
    private const string Jobs = "googleapis.cloudscheduler.v1.projects.locations.jobs.";
    private readonly CallBench _bench = new();

    [Fact]
    public async Task A_task_is_delivered_and_gone()
    {
        var arrived = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var server = new LoopbackServer(async (request, stream, cancel) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), cancel);
            arrived.TrySetResult(request);
        });
        await Write(
            Tasks + "create", $$$$$$"""{"parent":"projects/p/locations/l","body":{"name":"{{{{{{Queue}}}}}}"}}""");
        var task = await Write(Tasks + "tasks.create", $$$$$$"""
            {"parent":"{{{{{{Queue}}}}}}","body":{"task":{"httpRequest":{"url":"{{{{{{server.Url}}}}}}/x","body":"aGk=",
             "headers":{"X-A":"b"}}}}}
            """);

        var request = await arrived.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await _bench.Calls.Book.Until(
            rows => rows.Find("task", task.Get("name").AsText()) is null, TimeSpan.FromSeconds(30),
            TestContext.Current.CancellationToken);

        Assert.StartsWith("POST /x HTTP/1.1", request, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\nhi", request, StringComparison.Ordinal);
        var gone = await _bench.Fault(
            "record.read", Tasks + "tasks.get", $$"""{"name":"{{task.Get("name").AsText()}}"}""");
        Assert.Equal(404, gone.Get("code").AsInteger());
    }

    [Fact]
    public async Task A_refused_task_is_tried_again_and_a_paused_queue_delivers_nothing()
    {
        var count = 0;
        using var server = new LoopbackServer(async (_, stream, cancel) => await stream.WriteAsync(
            Interlocked.Increment(ref count) == 1
                ? "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"u8.ToArray()
                : "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), cancel));
        await Write(
            Tasks + "create", $$$$$$"""{"parent":"projects/p/locations/l","body":{"name":"{{{{{{Queue}}}}}}"}}""");
        await Write(Tasks + "pause", $$"""{"name":"{{Queue}}"}""");
        var task = (await Write(Tasks + "tasks.create", $$$$$$"""
            {"parent":"{{{{{{Queue}}}}}}","body":{"task":{"httpRequest":{"url":"{{{{{{server.Url}}}}}}/"}}}}
            """)).Get("name").AsText();
        Assert.Equal(0, count);

        await Write(Tasks + "resume", $$"""{"name":"{{Queue}}"}""");
        await _bench.Calls.Book.Until(rows => rows.Find("task", task) is null, TimeSpan.FromSeconds(30),
            TestContext.Current.CancellationToken);

        Assert.Equal(2, count);
    }

    [Fact]
    public async Task A_schedule_that_is_run_publishes_into_its_topic_and_keeps_its_next_time()
    {
        await Write("googleapis.pubsub.v1.projects.topics.create", """{"name":"projects/p/topics/t"}""");
        await Write(
            "googleapis.pubsub.v1.projects.subscriptions.create",
            """{"name":"projects/p/subscriptions/s","body":{"topic":"projects/p/topics/t"}}""");
        var job = await Write(Jobs + "create", """
            {"parent":"projects/p/locations/l","body":{"name":"projects/p/locations/l/jobs/j","schedule":"0 4 1 1 *",
             "timeZone":"Europe/Berlin","pubsubTarget":{"topicName":"projects/p/topics/t","data":"aGk="}}}
            """);
        await Write(Jobs + "run", """{"name":"projects/p/locations/l/jobs/j"}""");

        var pulled = await Write("googleapis.pubsub.v1.projects.subscriptions.pull", """
            {"subscription":"projects/p/subscriptions/s","body":{"maxMessages":1}}
            """);

        Assert.Equal(
            "aGk=", pulled.Get("receivedMessages").AsList()[0].AsMap().Get("message").AsMap().Get("data").AsText());
        Assert.EndsWith("-01-01T03:00:00.000Z", job.Get("scheduleTime").AsText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*/15 * * * *", "2026-01-01T00:07:00Z", "UTC", "2026-01-01T00:15:00Z")]
    [InlineData("0 9 * * MON-FRI", "2026-01-02T12:00:00Z", "UTC", "2026-01-05T09:00:00Z")]
    [InlineData("0 0 13 * 5", "2026-01-01T00:00:01Z", "UTC", "2026-01-02T00:00:00Z")]
    [InlineData("30 2 * * *", "2026-03-28T12:00:00Z", "Europe/Berlin", "2026-03-29T01:00:00Z")]
    [InlineData("30 2 * * *", "2026-10-24T12:00:00Z", "Europe/Berlin", "2026-10-25T00:30:00Z")]
    [InlineData("0 0 29 2 *", "2026-01-01T00:00:00Z", "UTC", "2028-02-29T00:00:00Z")]
    [InlineData("5,10 1-3/2 * jan,DEC 7", "2026-12-31T00:00:00Z", "UTC", "2027-01-03T01:05:00Z")]
    public void A_schedule_finds_its_next_time(string schedule, string after, string zone, string next)
    {
        var found = UnixCron.Parse(schedule).After(
            DateTimeOffset.Parse(after), TimeZoneInfo.FindSystemTimeZoneById(zone));

        Assert.Equal(DateTimeOffset.Parse(next), found);
    }

    [Theory]
    [InlineData("* * * *")]
    [InlineData("60 * * * *")]
    [InlineData("* * 0 * *")]
    [InlineData("*/0 * * * *")]
    [InlineData("5-1 * * * *")]
    [InlineData("x * * * *")]
    public async Task A_bad_schedule_is_400(string schedule)
    {
        var error = await _bench.Fault("record.write", Jobs + "create", $$"""
            {"parent":"projects/p/locations/l",
             "body":{"schedule":"{{schedule}}","httpTarget":{"uri":"http://x/"} } }
            """);

        Assert.Equal(400, error.Get("code").AsInteger());
    }

    public void Dispose() => _bench.Dispose();

    private async Task<FlowMap> Write(string call, string args) =>
        (await _bench.Call("record.write", call, args)).AsMap();
}
