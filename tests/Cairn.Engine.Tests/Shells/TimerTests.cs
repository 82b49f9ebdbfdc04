using Cairn.Engine.Shells;

namespace Cairn.Engine.Tests.Shells;

public sealed class TimerTests
{
    [Fact]
    public void A_timer_fires_when_it_is_due_and_not_before()
    {
        var world = new World([]);
        var run = world.Run("sleep 10");

        world.Clock.Advance(TimeSpan.FromSeconds(9.9));
        world.Settle();
        Assert.True(world.Head(run).IsOpen);
        world.Clock.Advance(TimeSpan.FromSeconds(0.1));
        world.Settle();

        Assert.Equal("started run-1, fired t0", world.Result(run));
    }

    [Fact]
    public void While_the_process_lives_a_jump_of_the_wall_clock_does_not_fire_a_timer()
    {
        var world = new World([]);
        var run = world.Run("sleep 10");

        world.Clock.JumpWall(TimeSpan.FromHours(1));
        world.Settle();
        Assert.True(world.Head(run).IsOpen);
        world.Clock.Advance(TimeSpan.FromSeconds(10));
        world.Settle();

        Assert.False(world.Head(run).IsOpen);
    }

    [Fact]
    public void After_a_restart_the_wall_clock_counts()
    {
        var world = new World([]);
        var run = world.Run("sleep 10");

        world.Crash(() => world.Clock.JumpWall(TimeSpan.FromSeconds(10)));
        world.Settle();

        Assert.False(world.Head(run).IsOpen);
    }

    [Fact]
    public void The_time_of_a_timers_event_is_never_before_it_was_due()
    {
        var world = new World([]);
        var run = world.Run("sleep 10\nsleep 10");
        var started = world.Head(run).Started!.Value;

        world.Clock.JumpWall(TimeSpan.FromHours(-1));
        world.Clock.Advance(TimeSpan.FromSeconds(10));
        world.Settle();
        world.Clock.Advance(TimeSpan.FromHours(2));
        world.Settle();

        Assert.True(world.Head(run).Ended >= started.AddSeconds(20));
    }

    [Fact]
    public void Timers_due_together_are_released_at_a_bounded_rate()
    {
        var world = new World([], options: new ShellOptions { TimersPerSecond = 100 });
        for (var i = 0; i < 50; i++) world.Submit("sleep 10");
        world.Settle();
        world.Clock.Advance(TimeSpan.FromSeconds(10));
        world.Settle();
        Assert.Equal(40, world.Shell.RunCount);

        world.Clock.Advance(TimeSpan.FromSeconds(0.1));
        world.Settle();

        Assert.Equal(30, world.Shell.RunCount);
    }

    [Fact]
    public void The_shell_says_how_long_nothing_will_happen()
    {
        var world = new World([]);
        world.Run("sleep 10");

        Assert.Equal(new TurnResult(More: false, TimeSpan.FromSeconds(10)), world.Shell.Turn());
    }
}
