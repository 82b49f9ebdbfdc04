using Cairn.Platform.Projects;
using Cairn.Platform.Tests.Stores;
using Cairn.Platform.Triggers;
using Cairn.Platform.Triggers.Schedules;

namespace Cairn.Platform.Tests.Triggers;

public sealed class TriggerSectionTests : IDisposable
{
    private const string Head = """
        cairn: 1
        stores: {scenes: {url: "file:data", serves: ["gs://acme-scenes"]}}
        graphs: [graphs/*.yaml]
        flows: [flows/*.yaml]
        triggers:

        """;

    private readonly TempFolder _folder = new();

    public TriggerSectionTests()
    {
        _folder.Write("graphs/usd-assembly.yaml", "workflow: {}");
        _folder.Write("flows/import.yaml", "main: {}");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void All_kinds_of_triggers_are_read()
    {
        var project = Load("""
              usd:
                match: scenes/{scene_id}/assets/.regen3d_complete
                exclude: ["scenes/_*/**"]
                run: usd-assembly
                args: {scene: "{scene_id}", count: 3, nested: {list: [true, null, "{generation}"]}}
                labels: {scene: "{scene_id}"}
                when: [legacy_chain]
              imported: {event: manual.geniesim.job.completed, source: "//jobs", run: import}
              nightly: {schedule: "0 3 * * *", timezone: Europe/Berlin, missed: skip, run: import, enabled: false}
              upsell: {manual: true, run: import}
            """);

        Assert.Equal(["usd", "imported", "nightly", "upsell"], project.Triggers.Select(trigger => trigger.Id));
        var objects = Assert.IsType<TriggerCause.Objects>(project.Triggers[0].Cause);
        Assert.Equal("scenes", objects.Store);
        Assert.Equal(["scene_id"], objects.Pattern.Captures);
        Assert.Equal(["scene_id", "generation"], project.Triggers[0].Arguments!.Names);
        Assert.Equal(new TriggerCause.Events("manual.geniesim.job.completed", "//jobs"), project.Triggers[1].Cause);
        var schedule = Assert.IsType<TriggerCause.Schedule>(project.Triggers[2].Cause);
        Assert.Equal((MissedPolicy.Skip, "Europe/Berlin"), (schedule.Missed, schedule.Table.Zone.Id));
        Assert.False(project.Triggers[2].Enabled);
        Assert.IsType<TriggerCause.Manual>(project.Triggers[3].Cause);
    }

    [Fact]
    public void A_store_is_named_by_a_prefix_that_it_serves() => Assert.Equal(
        "scenes",
        Assert.IsType<TriggerCause.Objects>(
            Load("  t: {match: a, store: \"gs://acme-scenes\", run: import}").Triggers[0].Cause).Store);

    [Theory]
    [InlineData("t: {run: import}", 6, 6, "triggers.t: nothing says what it waits for")]
    [InlineData("t: {match: a, event: b, run: import}", 6, 6, "triggers.t: match and event stand side by side")]
    [InlineData("t: {match: a}", 6, 6, "triggers.t: run is missing")]
    [InlineData("t: {match: a, run: usd-asembly}", 6, 22, "there is no program usd-asembly")]
    [InlineData("t: {match: \"a//b\", run: import}", 6, 14, "triggers.t.match has an empty part")]
    [InlineData("t: {regex: \"(\", run: import}", 6, 14, "triggers.t.regex is no regular expression")]
    [InlineData("t: {match: a, store: other, run: import}", 6, 24, "there is no store other")]
    [InlineData("t: {match: a, timezone: UTC, run: import}", 6, 27, "timezone has no meaning beside match")]
    [InlineData("t: {schedule: \"0 3 * *\", run: import}", 6, 17, "triggers.t.schedule has 4 fields")]
    [InlineData("t: {schedule: \"0 3 * * *\", timezone: Mars/Base, run: import}", 6, 40, "no time zone Mars/Base")]
    [InlineData("t: {schedule: \"0 3 * * *\", missed: often, run: import}", 6, 38, "once or skip or all")]
    [InlineData("t: {match: \"{id}\", run: import, args: {x: \"{scene}\"}}", 6, 6, "{scene} is neither captured")]
    [InlineData("t: {match: a, run: import, args: {x: \"{open\"}}", 6, 40, "has a single {")]
    [InlineData("t: {match: a, run: import, mach: b}", 6, 30, "unknown key \"mach\"")]
    [InlineData("t: {manual: false, run: import}", 6, 15, "manual: false means nothing")]
    [InlineData("t: {match: a, run: import, args: {}, payload: {a: 1}}", 6, 49, "args and payload stand side by side")]
    [InlineData("t: nothing", 6, 6, "expected a map")]
    public void What_is_wrong_is_said_with_its_place(string entry, int line, int column, string message)
    {
        var wrong = Assert.Throws<ProjectException>(() => Load("  " + entry));

        var problem = Assert.Single(wrong.Problems);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.Equal((line, column), (problem.Line, problem.Column));
    }

    [Fact]
    public void With_several_stores_a_trigger_names_one()
    {
        var text = Head.Replace("stores: {", "stores: {more: {url: \"file:more\"}, ", StringComparison.Ordinal);

        var wrong = Assert.Throws<ProjectException>(() => LoadText(text + "  t: {match: a, run: import}"));

        Assert.Contains("store is missing", Assert.Single(wrong.Problems).Message, StringComparison.Ordinal);
        Assert.Equal("there are: more, scenes", wrong.Problems[0].Hint);
    }

    private Project Load(string triggers) => LoadText(Head + triggers + "\n");

    private Project LoadText(string text)
    {
        _folder.Write("cairn.yaml", text);
        return ProjectReader.Load(new ProjectPlaces
        {
            Current = _folder.Path,
            UserHome = _folder.Path,
            Shipped = _folder.Path,
        });
    }
}
