using System.Text;
using Cairn.Platform.Stores;
using Cairn.Platform.Tests.Stores;
using Cairn.Platform.Triggers;
using Cairn.Platform.Triggers.Following;
using Cairn.Platform.Triggers.Ledgers;

namespace Cairn.Platform.Tests.Triggers;

public sealed class TriggerFollowerTests : IDisposable
{
    private const string Usd = """
          usd: {match: "scenes/{id}/.usd", store: scenes, run: work, args: {scene: "{id}"}, labels: {scene: "{id}"}}
        """;

    private readonly FollowerBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_marker_starts_one_run_with_its_values()
    {
        await _bench.Open(Usd);
        var generation = await _bench.Put("scenes/kitchen/.usd");

        await _bench.Follow();
        await _bench.Follow();

        var order = Assert.Single(_bench.Started);
        Assert.Equal("""{"scene":"kitchen"}""", Encoding.UTF8.GetString(order.Arguments!.Value.Span));
        Assert.Equal([new("scene", "kitchen"), new("trigger", "usd")], order.Labels);
        Assert.Contains($"\"generation\":\"{generation}\"", Encoding.UTF8.GetString(order.Event.Span),
            StringComparison.Ordinal);
        Assert.Contains("\"bucket\":\"acme-scenes\"", Encoding.UTF8.GetString(order.Event.Span),
            StringComparison.Ordinal);
        Assert.Equal("work-1", _bench.Ledger.Log("usd", null, null, 10)[0].Run);
    }

    [Fact]
    public async Task Without_arguments_of_its_own_a_run_gets_the_event_and_the_payload_beside_it()
    {
        await _bench.Open("  usd: {match: \"**\", store: scenes, run: work, payload: {require: true, id: \"{name}\"}}");
        await _bench.Put("a");

        await _bench.Follow();

        var order = Assert.Single(_bench.Started);
        Assert.Null(order.Arguments);
        var text = Encoding.UTF8.GetString(order.Event.Span);
        Assert.EndsWith("},\"require\":true,\"id\":\"a\"}", text, StringComparison.Ordinal);
        Assert.StartsWith("{\"specversion\":\"1.0\",\"source\":", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_generation_starts_a_run_of_its_own()
    {
        await _bench.Open(Usd);
        await _bench.Put("scenes/kitchen/.usd");
        await _bench.Put("scenes/kitchen/.usd");

        await _bench.Follow();

        Assert.Equal(2, _bench.Started.Count);
    }

    [Fact]
    public async Task An_object_that_fits_nothing_leaves_no_trace()
    {
        await _bench.Open(Usd);
        await _bench.Put("scenes/kitchen/other");
        await _bench.Put("scenes/kitchen/.usd", "other");

        await _bench.Follow();

        Assert.Empty(_bench.Started);
        Assert.Empty(_bench.Outcomes);
    }

    [Fact]
    public async Task A_process_that_dies_after_the_submission_starts_no_second_run()
    {
        await _bench.Open(Usd);
        await _bench.Put("scenes/kitchen/.usd");
        _bench.AfterSubmit = () => throw new ProcessDied();
        await Assert.ThrowsAsync<ProcessDied>(_bench.Follow);

        _bench.AfterSubmit = () => { };
        await _bench.Open(Usd);
        await _bench.Follow();

        Assert.Equal((1, 2), (_bench.Started.Count, _bench.Submissions));
        Assert.Equal(["fired"], _bench.Outcomes);
    }

    [Fact]
    public async Task A_process_that_dies_before_the_submission_loses_nothing()
    {
        await _bench.Open(Usd);
        await _bench.Put("scenes/kitchen/.usd");
        _bench.Instead = _ => throw new ProcessDied();
        await Assert.ThrowsAsync<ProcessDied>(_bench.Follow);

        _bench.Instead = _ => null;
        await _bench.Open(Usd);
        await _bench.Follow();

        Assert.Equal((1, 1), (_bench.Started.Count, _bench.Submissions));
    }

    [Fact]
    public async Task What_is_put_while_nothing_follows_fires_later()
    {
        await _bench.Open(Usd);
        await _bench.Follow();
        await _bench.Put("scenes/kitchen/.usd");

        await _bench.Open(Usd);
        await _bench.Follow();

        Assert.Single(_bench.Started);
    }

    [Fact]
    public async Task A_trigger_does_not_reach_back_before_its_birth()
    {
        await _bench.Open(Usd);
        await _bench.Put("scenes/kitchen/.done");
        await _bench.Open(Usd + "\n  late: {match: \"scenes/{id}/.done\", store: scenes, run: work}\n");

        await _bench.Follow();
        await _bench.Put("scenes/bath/.done");
        await _bench.Follow();

        Assert.Equal(["before_birth", "fired"], _bench.Outcomes);
    }

    [Fact]
    public async Task Widening_a_pattern_does_not_reach_back()
    {
        await _bench.Open(Usd);
        await _bench.Put("scenes/kitchen/.done");
        await _bench.Follow();

        await _bench.Open("  usd: {match: \"scenes/{id}/.*\", store: scenes, run: work}\n");
        await _bench.Follow();

        Assert.Empty(_bench.Started);
    }

    [Fact]
    public async Task A_paused_trigger_logs_what_it_left_out_and_goes_on_after_it()
    {
        await _bench.Open(Usd);
        _bench.Ledger.Pause("usd", paused: true);
        await _bench.Put("scenes/kitchen/.usd");
        await _bench.Follow();
        _bench.Ledger.Pause("usd", paused: false);
        await _bench.Put("scenes/bath/.usd");
        await _bench.Follow();

        Assert.Equal(["paused", "fired"], _bench.Outcomes);
    }

    [Fact]
    public async Task The_same_event_delivered_again_is_a_duplicate()
    {
        await _bench.Open(Usd);
        var happened = new Happening.Stored("scenes", "acme-scenes", "scenes/kitchen/.usd", 7);

        for (var i = 0; i < 3; i++)
            _bench.Ledger.Decide(_bench.Follower!.Judge(happened));
        await _bench.Follow();

        Assert.Equal(["fired", "duplicate", "duplicate"], _bench.Outcomes);
        Assert.Single(_bench.Started);
    }

    [Fact]
    public async Task Generations_in_any_order_fire_while_keys_are_exact_and_later_only_newer_ones_do()
    {
        await _bench.Open(Usd);
        Deliver(7);
        Deliver(5);
        await _bench.Follow();
        _bench.Clock.Advance(TriggerLedger.KeyLife + TimeSpan.FromDays(1));
        await _bench.Follow();
        Deliver(6);
        Deliver(7);
        Deliver(8);
        await _bench.Follow();

        Assert.Equal(["too_old", "too_old", "fired"], _bench.Outcomes);
        Assert.Equal(3, _bench.Started.Count);

        void Deliver(long generation) => _bench.Ledger.Decide(_bench.Follower!.Judge(
            new Happening.Stored("scenes", "acme-scenes", "scenes/kitchen/.usd", generation)));
    }

    [Fact]
    public async Task A_claim_that_was_never_started_outlives_its_ninety_days()
    {
        await _bench.Open(Usd);
        await _bench.Put("scenes/kitchen/.usd");
        _bench.Instead = _ => new StartOutcome.Later("the disk is full");
        await _bench.Follow();
        _bench.Clock.Advance(TriggerLedger.KeyLife + TimeSpan.FromDays(1));
        await _bench.Follow();
        _bench.Instead = _ => null;
        _bench.Clock.Advance(TimeSpan.FromMinutes(1));

        await _bench.Follow();

        Assert.Single(_bench.Started);
    }

    [Fact]
    public async Task A_run_that_cannot_be_made_is_logged_with_the_reason_and_not_tried_again()
    {
        await _bench.Open(Usd);
        await _bench.Put("scenes/kitchen/.usd");
        _bench.Instead = _ => new StartOutcome.Refused("the graph is invalid");
        await _bench.Follow();
        _bench.Instead = _ => null;
        await _bench.Follow();

        Assert.Empty(_bench.Started);
        Assert.Equal(["refused"], _bench.Outcomes);
        Assert.Equal("the graph is invalid", _bench.Ledger.Log("usd", null, null, 1)[0].Detail);
    }

    [Fact]
    public async Task Sent_again_on_purpose_it_is_another_run()
    {
        await _bench.Open(Usd);
        await _bench.Put("scenes/kitchen/.usd");
        await _bench.Follow();
        var happened = new Happening.Stored(
            "scenes", "acme-scenes", "scenes/kitchen/.usd", _bench.Ledger.Log("usd", null, null, 1)[0].Version);

        _bench.Ledger.Decide(
            [.. _bench.Follower!.Judge(happened).Select(decision => decision with { Again = true })]);
        await _bench.Follow();

        Assert.Equal(2, _bench.Started.Select(order => order.Uid).Distinct().Count());
    }

    [Fact]
    public async Task A_timetable_fires_once_for_each_time_across_restarts()
    {
        const string Nightly = "  nightly: {schedule: \"0 3 * * *\", run: work, args: {day: \"{date}\"}}\n";
        await _bench.Open(Nightly);
        await _bench.Follow();
        _bench.Clock.Advance(TimeSpan.FromHours(3));
        await _bench.Follow();
        await _bench.Open(Nightly);
        await _bench.Follow();
        _bench.Clock.Advance(TimeSpan.FromDays(3));
        await _bench.Follow();

        Assert.Equal(
            ["""{"day":"2030-01-01"}""", """{"day":"2030-01-04"}"""],
            _bench.Started.Select(order => Encoding.UTF8.GetString(order.Arguments!.Value.Span)));
    }

    [Fact]
    public async Task Events_of_stores_and_of_strangers_about_one_object_are_one()
    {
        await _bench.Open(Usd);
        var generation = await _bench.Put("scenes/kitchen/.usd");
        await _bench.Follow();

        _bench.Ledger.Decide(_bench.Follower!.Judge(
            new Happening.Stored("scenes", "acme-scenes", "scenes/kitchen/.usd", generation)));

        Assert.Equal(["fired", "duplicate"], _bench.Outcomes);
    }

    [Fact]
    public async Task A_deletion_fires_nothing()
    {
        await _bench.Open(Usd);
        await _bench.Put("scenes/kitchen/.usd");
        await _bench.Follow();
        var place = await _bench.Stores.Resolve("gs://acme-scenes/scenes/kitchen/.usd", false, Cancel);
        await place.Store.Delete(place.Key, WriteTerms.Any, Cancel);

        await _bench.Follow();

        Assert.Equal(["fired"], _bench.Outcomes);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
