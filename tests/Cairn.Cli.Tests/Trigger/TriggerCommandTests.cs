using Cairn.Cli.Tests.Commands;

namespace Cairn.Cli.Tests.Trigger;

public sealed class TriggerCommandTests : IDisposable
{
    private const string Project = """
        cairn: 1
        name: kitchen
        stores: {scenes: {url: "file:data", serves: ["gs://acme-scenes"]}}
        flows: [flows/*.yaml]
        triggers:
          usd: {match: "scenes/{scene_id}/.usd_complete", run: hello}
          off: {match: "**", run: hello, enabled: false}
          imported: {event: episodes.imported, run: hello}
          byhand: {manual: true, run: hello, args: {data: {name: by hand}}}

        """;

    private readonly Desk _desk = new();

    public TriggerCommandTests()
    {
        _desk.Write("cairn.yaml", Project);
        _desk.Write("flows/hello.yaml", """
            main:
              params: [event]
              steps:
                - done:
                    return: ${"hello " + event.data.name}
            """);
        _desk.Write("m", "{}");
    }

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task A_marker_starts_a_run_when_the_project_is_up()
    {
        await using var up = Up.Start(_desk);
        await up.Talk.Says("is up with 4 triggers");

        await _desk.Run("store", "put", "m", "gs://acme-scenes/scenes/k/.usd_complete");
        await up.Talk.Says("usd started hello-1");

        Assert.Equal(0, await _desk.Run("runs", "watch", "hello-1", "-o", "json"));
        await _desk.Run("runs", "show", "hello-1", "-o", "json");
        Assert.Equal("hello scenes/k/.usd_complete", _desk.Document.GetProperty("result").GetString());
        Assert.Equal("usd", _desk.Document.GetProperty("trigger").GetString());
        await _desk.Run("trigger", "why", "cairn://scenes/scenes/k/.usd_complete", "-o", "json");
        Assert.Equal("hello-1", _desk.Document[0].GetProperty("run").GetString());
        Assert.Equal("it is not enabled in cairn.yaml", _desk.Document[1].GetProperty("reason").GetString());
    }

    [Fact]
    public async Task A_file_dropped_into_the_folder_of_a_store_starts_a_run()
    {
        await using var up = Up.Start(_desk);
        await up.Talk.Says("is up");

        _desk.Write("data/scenes/k/.usd_complete.part", "{}");
        File.Move(_desk.At("data/scenes/k/.usd_complete.part"), _desk.At("data/scenes/k/.usd_complete"));

        await up.Talk.Says("usd started hello-1");
        Assert.Equal(0, await _desk.Run("store", "cat", "gs://acme-scenes/scenes/k/.usd_complete"));
    }

    [Fact]
    public async Task What_is_put_between_two_times_up_is_started_by_the_second()
    {
        await using (var first = Up.Start(_desk))
            await first.Talk.Says("is up");
        await _desk.Run("store", "put", "m", "cairn://scenes/scenes/k/.usd_complete");

        await using var second = Up.Start(_desk);

        await second.Talk.Says("usd started hello-1");
    }

    [Fact]
    public async Task What_is_fired_by_hand_is_started_by_up()
    {
        await _desk.Run("trigger", "fire", "byhand");
        await _desk.Run("trigger", "log", "byhand", "-o", "json");
        Assert.Equal("fired", _desk.Document[0].GetProperty("outcome").GetString());

        await using var up = Up.Start(_desk);

        await up.Talk.Says("byhand started hello-1");
    }

    [Fact]
    public async Task An_event_from_a_file_fires_once()
    {
        _desk.Write("e.json", """
            [{"specversion":"1.0","id":"7","source":"//jobs","type":"episodes.imported","data":{"name":"e"}},
             {"specversion":"1.0","id":"7","source":"//jobs","type":"episodes.imported","data":{"name":"e"}}]
            """);

        Assert.Equal(0, await _desk.Run("trigger", "fire", "imported", "--event", "e.json", "-o", "json"));

        Assert.Equal(["fired", "duplicate"], _desk.Document.EnumerateArray()
            .Select(line => line.GetProperty("outcome").GetString()!));
        Assert.Equal(3, await _desk.Run("trigger", "fire", "usd", "--event", "e.json"));
        Assert.Contains("it waits for objects of cairn://scenes", _desk.Talk, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_tells_of_each_trigger_without_an_object()
    {
        await _desk.Run("store", "put", "m", "cairn://scenes/x");

        Assert.Equal(0, await _desk.Run("trigger", "test", "gs://acme-scenes/scenes/k/usd", "-o", "json"));

        Assert.Equal(
        [
            "part 3 of the name is `usd`, the pattern wants `.usd_complete`", "it is not enabled in cairn.yaml",
            "it waits for events of type episodes.imported", "it is fired by hand only",
        ], _desk.Document.EnumerateArray().Select(verdict => verdict.GetProperty("reason").GetString()!));
    }

    [Fact]
    public async Task A_paused_trigger_says_so_and_redeliver_sends_what_it_left_out()
    {
        await _desk.Run("store", "put", "m", "cairn://scenes/scenes/k/.usd_complete");
        Assert.Equal(0, await _desk.Run("trigger", "pause", "usd"));
        await _desk.Run("trigger", "list", "-o", "json");
        Assert.Equal("paused", _desk.Document[0].GetProperty("state").GetString());
        Assert.Equal(0, await _desk.Run("trigger", "resume", "usd"));

        await _desk.Run("trigger", "redeliver", "cairn://scenes/", "--dry-run", "-o", "json");
        Assert.Equal("would_fire", _desk.Document[0].GetProperty("outcome").GetString());
        await _desk.Run("trigger", "redeliver", "cairn://scenes/", "-o", "json");
        Assert.Equal("fired", _desk.Document[0].GetProperty("outcome").GetString());
        await _desk.Run("trigger", "redeliver", "cairn://scenes/", "-o", "json");
        Assert.Equal("duplicate", _desk.Document[0].GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task A_project_is_validated_with_all_that_is_wrong_and_odd()
    {
        Assert.Equal(0, await _desk.Run("validate", "cairn.yaml"));
        _desk.Write("cairn.yaml", Project.Replace(
            "triggers:", "triggers:\n  two: {match: \"scenes/*/.usd_complete\", run: hello}",
            StringComparison.Ordinal));
        Assert.Equal(0, await _desk.Run("validate", "cairn.yaml"));
        Assert.Contains(
            "triggers two and usd both start hello for an object such as scenes/x/.usd_complete", _desk.Talk,
            StringComparison.Ordinal);
        _desk.Write("cairn.yaml", Project.Replace("run: hello", "run: helo", StringComparison.Ordinal));

        Assert.Equal(2, await _desk.Run("validate", "cairn.yaml", "-o", "json"));

        Assert.Equal(4, _desk.Document.GetProperty("errors").GetArrayLength());
        Assert.Equal("did you mean hello?", _desk.Document.GetProperty("errors")[0].GetProperty("hint").GetString());
    }

    [Fact]
    public async Task A_trigger_that_is_not_there_is_not_found()
    {
        Assert.Equal(4, await _desk.Run("trigger", "fire", "nothing"));
        Assert.Equal(4, await _desk.Run("trigger", "pause", "nothing"));
        Assert.Equal(4, await _desk.Run("trigger", "why", "cairn://scenes/nothing"));
    }

    [Fact]
    public async Task A_trigger_on_objects_is_not_fired_without_one()
    {
        Assert.Equal(2, await _desk.Run("trigger", "fire", "usd"));
        Assert.Equal(4, await _desk.Run("trigger", "fire", "usd", "--url", "cairn://scenes/nothing"));
    }
}
