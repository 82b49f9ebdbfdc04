using Cairn.Engine.Runs;

namespace Cairn.Engine.Tests.Shells;

public sealed class ShellRunTests
{
    [Fact]
    public void A_run_asks_waits_and_ends_with_its_result()
    {
        var performer = new HandPerformer("echo") { Echoes = true };
        var world = new World([performer]);

        var run = world.Run("ask echo one\nask echo two");

        Assert.Equal(("DONE", Outcome.Succeeded), (run.State, run.Outcome));
        Assert.Equal("started run-1, 1 Known one, 2 Known two", world.Result(run));
        Assert.Equal(["start run-1/1#1", "start run-1/2#1"], performer.Calls);
        Assert.Equal(0, world.Shell.RunCount);
    }

    [Fact]
    public void Nothing_is_handed_out_before_its_commit()
    {
        var performer = new HandPerformer("echo");
        var world = new World([performer]);
        world.Submit("ask echo one");

        world.Shell.Turn();
        var batch = world.Shell.TakeBatch();
        world.Shell.Turn();

        Assert.NotNull(batch);
        Assert.Empty(performer.Calls);
        world.Shell.Committed(world.Journal.Commit(batch));
        world.Shell.Turn();
        Assert.Equal(["start run-1/1#1"], performer.Calls);
    }

    [Fact]
    public void A_message_to_an_effect_of_the_same_record_reaches_it()
    {
        var performer = new HandPerformer("task");
        var world = new World([performer]);

        world.Run("tell task go");

        Assert.Equal(["tell go run-1/1#1", "start run-1/1#1", "tell go run-1/1#1"], performer.Calls);
    }
}
