using Cairn.Engine.Retentions;
using Cairn.Engine.Tests.Shells;

namespace Cairn.Engine.Tests.Retentions;

public sealed class RetentionTests
{
    [Fact]
    public void Runs_go_when_they_ended_longer_ago_than_they_are_kept()
    {
        var world = new World([]);
        world.Run("end");
        world.Clock.Advance(TimeSpan.FromDays(80));
        world.Run("end");
        world.Run("signal");
        world.Clock.Advance(TimeSpan.FromDays(11));

        var (old, forRoom) = new Retention().Apply(
            world.Journal, world.Clock.GetUtcNow(), () => long.MaxValue, () => { });

        Assert.Equal(["run-1"], old);
        Assert.Empty(forRoom);
        Assert.Equal(["run-2", "run-3"], world.Journal.List(new Runs.RunFilter()).Select(run => run.Id));
    }

    [Fact]
    public void On_a_full_disk_ended_runs_go_before_their_time_and_open_ones_never()
    {
        var world = new World([]);
        world.Run("end");
        world.Run("signal");
        world.Clock.Advance(TimeSpan.FromMinutes(2));
        world.Run("end");

        var swept = 0;
        var (old, forRoom) = new Retention().Apply(world.Journal, world.Clock.GetUtcNow(), () => 0, () => swept++);

        Assert.Equal(1, swept);
        Assert.Empty(old);
        Assert.Equal(["run-1"], forRoom);
        Assert.Equal(["run-2", "run-3"], world.Journal.List(new Runs.RunFilter()).Select(run => run.Id));
    }
}
