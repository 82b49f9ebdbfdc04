using System.Text;
using System.Text.Json;
using Cairn.Engine.Programs;
using Cairn.Engine.Runs;
using Cairn.Flows.Program;

namespace Cairn.Simulation.Flows;

/// <summary>The engine's promise for flows: the process dies at each of its commits, and nobody can tell.</summary>
public sealed class FlowCrashTests
{
    public static TheoryData<string, bool> Flows()
    {
        var rows = new TheoryData<string, bool>();
        foreach (var name in CrashFlows.Certain.Keys)
        {
            rows.Add(name, true);
            rows.Add(name, false);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Flows))]
    public void A_death_at_any_commit_changes_nothing(string name, bool hasSnapshots)
    {
        var definition = Definition(CrashFlows.Certain[name]);
        using var calm = new CrashWorld(definition, hasSnapshots);
        var expected = calm.Run(null);

        foreach (var kill in Kills(calm.Commits))
        {
            using var world = new CrashWorld(definition, hasSnapshots);
            var ended = world.Run(kill);

            Assert.True(Answer(expected) == Answer(ended), $"{kill}: {Answer(ended)} and not {Answer(expected)}");
            Assert.Equal(calm.Outside.Objects, world.Outside.Objects);
            Assert.Equal(Lines(calm), Lines(world));
            Assert.True(world.Divergence is null, $"{kill}: {world.Divergence}");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_post_is_never_sent_twice_and_its_loss_is_the_documented_error(bool hasSnapshots)
    {
        var definition = Definition(CrashFlows.Ambiguous);
        using var calm = new CrashWorld(definition, hasSnapshots);
        var expected = Answer(calm.Run(null));
        var lost = 0;

        foreach (var kill in Kills(calm.Commits))
        {
            using var world = new CrashWorld(definition, hasSnapshots);
            var answer = Answer(world.Run(kill));

            Assert.True(world.Outside.Posts.Count <= 1, $"{kill}: sent {world.Outside.Posts.Count} times");
            Assert.True(world.Divergence is null, $"{kill}: {world.Divergence}");
            Assert.Equal(answer == expected, !world.SaysUnknown);
            if (answer == expected) continue;
            Assert.Equal("[\"ConnectionError\"]", answer);
            lost++;
        }

        Assert.True(lost > 0, "no death came between the post and its answer");
    }

    private static IEnumerable<KillPoint> Kills(int commits) =>
        from commit in Enumerable.Range(1, commits)
        from moment in Enum.GetValues<KillMoment>()
        select new KillPoint(commit, moment);

    private static byte[] Definition(string source) =>
        new FlowDefinition { File = "crash.yaml", Source = source }.Pin();

    private static string Answer(RunHead run)
    {
        using var document = JsonDocument.Parse(run.Result);
        var root = document.RootElement;
        return root.TryGetProperty("result", out var result)
            ? result.GetRawText()
            : root.GetProperty("error").GetRawText();
    }

    private static List<string> Lines(CrashWorld world) =>
        [.. world.Commands.OfType<Command.Noted>().Select(note => Encoding.UTF8.GetString(note.Payload.Span))];
}
