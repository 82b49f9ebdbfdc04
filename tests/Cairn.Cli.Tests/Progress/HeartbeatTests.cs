using Cairn.Cli.Progress;

namespace Cairn.Cli.Tests.Progress;

public sealed class HeartbeatTests : IDisposable
{
    private readonly ManualClock _clock = new();
    private readonly StringWriter _talk = new();

    public void Dispose() => _talk.Dispose();

    [Fact]
    public void A_silent_stage_of_ten_minutes_leaves_no_gap_over_120_seconds()
    {
        var heartbeat = new Heartbeat(_talk, _clock);
        heartbeat.Show(Run("RUNNING"));

        var spoken = new List<int>();
        for (var second = 1; second <= 600; second++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            var before = _talk.ToString().Length;
            heartbeat.Show(Run("RUNNING"));
            if (_talk.ToString().Length > before)
                spoken.Add(second);
        }

        Assert.Equal([120, 240, 360, 480, 600], spoken);
    }

    [Fact]
    public void A_changed_state_is_one_line_at_once()
    {
        var heartbeat = new Heartbeat(_talk, _clock);
        heartbeat.Show(Run("WAITING"));
        _clock.Advance(TimeSpan.FromSeconds(65));

        heartbeat.Show(Run("RUNNING"));
        heartbeat.Show(Run("RUNNING"));

        Assert.Equal("[1m 05s] label RUNNING: frame 7 of 100\n", _talk.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public void A_task_on_its_way_to_a_machine_is_no_news_until_it_waits_for_a_reason()
    {
        var heartbeat = new Heartbeat(_talk, _clock);
        heartbeat.Show(Run("WAITING", note: ""));
        heartbeat.Show(Run("SCHEDULING", note: ""));
        Assert.Equal("", _talk.ToString());

        heartbeat.Show(Run("SCHEDULING", note: "pool local: 2 of 2 CPUs in use, 1 asked"));

        Assert.Equal(
            "[0.0s] label SCHEDULING: pool local: 2 of 2 CPUs in use, 1 asked\n",
            _talk.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public void A_sign_of_life_says_what_runs_and_how_far_it_is()
    {
        var heartbeat = new Heartbeat(_talk, _clock);
        heartbeat.Show(Run("RUNNING"));
        _clock.Advance(Heartbeat.LongestGap);

        heartbeat.Show(Run("RUNNING"));

        Assert.Contains("vda-1 RUNNING (1 RUNNING) label: frame 7 of 100", _talk.ToString());
    }

    private static RunSnapshot Run(string state, string note = "frame 7 of 100") =>
        new("vda-1", "RUNNING", [new TaskSnapshot("label", state, null, null, note)], null);
}
