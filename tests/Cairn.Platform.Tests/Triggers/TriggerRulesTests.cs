using Cairn.Platform.Triggers;
using Cairn.Platform.Triggers.Events;
using Cairn.Platform.Triggers.Patterns;
using Cairn.Platform.Triggers.Schedules;

namespace Cairn.Platform.Tests.Triggers;

public sealed class TriggerRulesTests
{
    private static readonly Happening.Stored s_marker =
        new("scenes", "acme-scenes", "scenes/kitchen/usd/.usd_complete", 17) { Position = 5, Size = 2 };

    [Fact]
    public void A_marker_fires_with_its_captures_and_values()
    {
        var fires = Assert.IsType<Verdict.Fires>(Judge(Usd(), s_marker));

        Assert.Equal("kitchen", fires.Values["scene_id"]);
        Assert.Equal("17", fires.Values["generation"]);
        Assert.Equal("acme-scenes", fires.Values["bucket"]);
    }

    [Fact]
    public void A_capture_wins_over_a_value_of_the_event() => Assert.Equal(
        "kitchen",
        Assert.IsType<Verdict.Fires>(Judge(Objects("scenes/{name}/**"), s_marker)).Values["name"]);

    [Fact]
    public void Each_reason_not_to_fire_has_its_kind_and_its_words()
    {
        Expect(Silence.NoMatch, "part 3 of the name is `usd`", Judge(Objects("scenes/{id}/assets/*"), s_marker));
        Expect(Silence.OtherCause, "objects of cairn://other", Judge(Usd() with
        {
            Cause = new TriggerCause.Objects("other", Path("**"), []),
        }, s_marker));
        Expect(Silence.Excluded, "`scenes/kit*/**`", Judge(Usd() with
        {
            Cause = new TriggerCause.Objects("scenes", Path("**"), [PathTemplate.Parse("scenes/kit*/**")]),
        }, s_marker));
        Expect(Silence.Temporary, "ends in .part", Judge(Objects("**"), s_marker with { Key = "a.part" }));
        Expect(Silence.Disabled, "not enabled", Judge(Usd() with { Enabled = false }, s_marker));
        Expect(Silence.OtherMode, "mode a or b, the project's is not set",
            Judge(Usd() with { When = ["a", "b"] }, s_marker));
        Expect(Silence.Paused, "it is paused",
            TriggerRules.Judge(Usd(), s_marker, new TriggerStanding(Paused: true, 0), null));
        Expect(Silence.BeforeBirth, "before the trigger was there",
            TriggerRules.Judge(Usd(), s_marker, new TriggerStanding(false, Born: 5), null));
        Expect(Silence.OtherCause, "by hand only",
            Judge(Usd() with { Cause = new TriggerCause.Manual() }, s_marker));
        Expect(Silence.OtherCause, "the timetable 0 3 * * *", Judge(Usd() with
        {
            Cause = new TriggerCause.Schedule(Timetable.Parse("0 3 * * *", TimeZoneInfo.Utc), MissedPolicy.Once),
        }, s_marker));
    }

    [Fact]
    public void An_event_fires_by_its_type_and_source()
    {
        var trigger = Usd() with { Cause = new TriggerCause.Events("job.done", "//jobs") };
        var done = new Happening.Received(new CloudEvent("1", "//jobs", "job.done"));

        Assert.IsType<Verdict.Fires>(Judge(trigger, done));
        Expect(Silence.NoMatch, "the type is other", Judge(trigger, new Happening.Received(
            done.Message with { Type = "other" })));
        Expect(Silence.NoMatch, "the source is //else", Judge(trigger, new Happening.Received(
            done.Message with { Source = "//else" })));
    }

    [Fact]
    public void A_paused_trigger_still_fires_by_hand() => Assert.IsType<Verdict.Fires>(TriggerRules.Judge(
        Usd(), new Happening.Fired("x", DateTimeOffset.UnixEpoch), new TriggerStanding(Paused: true, 0), null));

    [Fact]
    public void The_index_finds_exactly_what_looking_at_all_of_them_finds()
    {
        string[] patterns =
        [
            "scenes/{id}/usd/.usd_complete", "scenes/*/usd/*", "**/.usd_complete", "scenes/**", "scenes/kitchen/usd/x",
            "{a}/{b}/{c}", "{a}/{b}/{c}/{d}", "other/**", "scenes/kitchen/**/.usd_complete", "scenes/{rest=**}",
        ];
        var triggers = patterns.Select(pattern => Objects(pattern) with { Id = pattern })
            .Append(Usd() with
            {
                Id = "regex",
                Cause = new TriggerCause.Objects("scenes", new NamePattern.Expression(NameRegex.Parse(".*/x")), []),
            }).ToList();
        var index = new TriggerIndex(triggers);

        string[] keys = ["scenes/kitchen/usd/.usd_complete", "scenes/kitchen/usd/x", "a/b/c", "a", "other/x"];
        foreach (var key in keys)
        {
            var happened = s_marker with { Key = key };
            Assert.Equal(
                triggers.Where(trigger => Judge(trigger, happened) is Verdict.Fires)
                    .Select(trigger => trigger.Id).Order(),
                index.Candidates(happened).Where(trigger => Judge(trigger, happened) is Verdict.Fires)
                    .Select(trigger => trigger.Id).Order());
        }
    }

    [Fact]
    public void The_index_looks_at_few_of_many_triggers()
    {
        var index = new TriggerIndex([.. Enumerable.Range(0, 10_000)
            .Select(i => Objects($"scenes/{{id}}/stage{i}/.done") with { Id = $"t{i}" })]);

        Assert.Single(index.Candidates(s_marker with { Key = "scenes/k/stage77/.done" }));
    }

    [Theory]
    [InlineData("scenes/{id}/.done", "scenes/{other}/.done", "scenes/x/.done")]
    [InlineData("scenes/{id}/img.{png,jpg}", "scenes/**", "scenes/x/img.png")]
    [InlineData("scenes/[a-c]?/{n=v*}", "**/v*", "scenes/ax/vx")]
    [InlineData("scenes/{id}/.done", "scenes/{id}/.failed", null)]
    [InlineData("scenes/*.png", "scenes/*.jpg", null)]
    public void Two_triggers_that_start_the_same_for_one_object_are_found(string one, string other, string? example)
    {
        var overlaps = TriggerOverlaps.Find(
            [Objects(one) with { Id = "one" }, Objects(other) with { Id = "other" }, Objects("**") with { Run = "y" }]);

        Assert.Equal(example, overlaps.Select(overlap => overlap.Example).SingleOrDefault());
    }

    [Fact]
    public void Triggers_of_different_modes_do_not_overlap() => Assert.Empty(TriggerOverlaps.Find(
        [Usd() with { When = ["a"] }, Usd() with { Id = "two", When = ["b"] }]));

    private static Verdict Judge(Trigger trigger, Happening happened) =>
        TriggerRules.Judge(trigger, happened, default, null);

    private static Trigger Usd() => Objects("scenes/{scene_id}/usd/.usd_complete");

    private static Trigger Objects(string pattern) =>
        new("usd", new TriggerCause.Objects("scenes", Path(pattern), []), "usd-assembly");

    private static NamePattern.Path Path(string pattern) => new(PathTemplate.Parse(pattern));

    private static void Expect(Silence why, string words, Verdict verdict)
    {
        var silent = Assert.IsType<Verdict.Silent>(verdict);
        Assert.Equal(why, silent.Why);
        Assert.Contains(words, silent.Reason, StringComparison.Ordinal);
    }
}
