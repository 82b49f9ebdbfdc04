using Cairn.Engine.Runs;
using Cairn.Graphs.Program;
using Cairn.Graphs.Tasks;

namespace Cairn.Graphs.Tests.Program;

/// <summary>Statuses and their order: spec/osmo.md 3.2, 3.3, 3.5.</summary>
public sealed class StatusTests
{
    [Fact]
    public void A_task_walks_from_waiting_to_completed()
    {
        var loop = new GraphLoop(Samples.Chain).Start();
        Assert.Equal(("SCHEDULING", "WAITING"), (loop.State("a"), loop.State("b")));

        loop.Accept("a");
        Assert.Equal("INITIALIZING", loop.State("a"));
        loop.Phase(TaskPhase.Downloading, "a");
        Assert.Equal("RUNNING", loop.State("a"));
        loop.Exit("a");

        Assert.Equal(("COMPLETED", "SCHEDULING"), (loop.State("a"), loop.State("b")));
    }

    [Fact]
    public void A_run_is_pending_again_between_two_groups()
    {
        var loop = new GraphLoop(Samples.Chain).Start();
        loop.Run("d");
        loop.Exit("d");
        loop.Run("a");

        loop.Exit("a");

        Assert.Equal("show PENDING Waiting", loop.Transcript[^1]);
    }

    [Fact]
    public void What_depends_on_a_failed_group_fails_with_it_and_the_rest_goes_on()
    {
        var loop = new GraphLoop(Samples.Chain).Start();

        loop.Exit("a", 3);

        Assert.Equal(("FAILED_UPSTREAM", "FAILED_UPSTREAM"), (loop.State("b"), loop.State("c")));
        Assert.Equal((3000, "Upstream task failed."), ((int)loop.Task("c")["exit_code"]!, loop.Reason("c")));
        Assert.Null(loop.EndState);
        loop.Exit("d");
        Assert.Equal(("FAILED", Outcome.Failed), (loop.EndState, loop.EndOutcome));
    }

    [Fact]
    public void A_whole_chain_completes()
    {
        var loop = new GraphLoop(Samples.Chain).Start();

        foreach (var task in (string[])["d", "a", "b", "c"])
            loop.Exit(task);

        Assert.Equal(("COMPLETED", Outcome.Succeeded), (loop.EndState, loop.EndOutcome));
    }

    [Fact]
    public void The_reason_of_an_image_that_cannot_be_had_stays_on_the_task()
    {
        var loop = new GraphLoop(Samples.One).Start();

        loop.End("a", new TaskResult { Ending = TaskEnding.ImagePull, ExitCode = 301, Message = "no such image" });

        Assert.Equal(("FAILED_IMAGE_PULL", "FAILED"), (loop.State("a"), loop.EndState));
        Assert.Equal("no such image", loop.Reason("a"));
    }

    [Theory]
    [InlineData(TaskEnding.Exited, 1, "FAILED")]
    [InlineData(TaskEnding.Signaled, 137, "FAILED")]
    [InlineData(TaskEnding.OutOfMemory, 3004, "FAILED_EVICTED")]
    [InlineData(TaskEnding.Lost, 3001, "FAILED_BACKEND_ERROR")]
    [InlineData(TaskEnding.StartError, 3003, "FAILED_START_ERROR")]
    [InlineData(TaskEnding.DownloadFailed, 2010, "FAILED")]
    [InlineData(TaskEnding.UploadFailed, 2012, "FAILED")]
    public void An_ending_has_its_status_and_code(TaskEnding ending, int code, string status)
    {
        var loop = new GraphLoop(Samples.One).Start();

        loop.End("a", new TaskResult { Ending = ending, ExitCode = code });

        Assert.Equal((status, code), (loop.State("a"), (int)loop.Task("a")["exit_code"]!));
    }

    [Fact]
    public void What_an_executor_says_that_a_task_waits_for_is_shown_until_it_goes_on()
    {
        var loop = new GraphLoop(Graphs.WithTask("")).Start();

        loop.Progress("t", TaskPhase.Downloading, "room on the disk");
        Assert.Equal("room on the disk", (string)loop.Task("t")["waiting_for"]!);

        loop.Progress("t", TaskPhase.Running);
        Assert.Null(loop.Task("t")["waiting_for"]);
    }

    [Fact]
    public void A_task_that_failed_says_with_which_exit_code()
    {
        var loop = new GraphLoop(Graphs.WithTask("")).Start();

        loop.Exit("t", 7);

        Assert.Equal("Exit code 7", loop.Reason("t"));
    }

    [Fact]
    public void An_exit_action_turns_a_failure_into_a_success()
    {
        var loop = new GraphLoop(Graphs.WithTask("exitActions: {COMPLETE: 3-5}")).Start();

        loop.Exit("t", 4);

        Assert.Equal("COMPLETED", loop.EndState);
        Assert.Equal("Exit Action: COMPLETE the task for exit code 4.", loop.Reason("t"));
    }

    [Fact]
    public void Of_overlapping_exit_actions_fail_comes_first()
    {
        var loop = new GraphLoop(Graphs.WithTask("exitActions: {COMPLETE: 0-9, FAIL: 0}")).Start();

        loop.Exit("t");

        Assert.Equal("FAILED", loop.EndState);
    }

    [Fact]
    public void A_pools_exit_actions_come_after_the_tasks_own()
    {
        var pool = new GraphPool { DefaultExitActions = [new(Cairn.Graphs.Spec.ExitVerb.COMPLETE, "7,8")] };
        var loop = new GraphLoop(Graphs.WithTask("exitActions: {FAIL: 8}"), pool).Start();

        loop.Exit("t", 7);

        Assert.Equal("COMPLETED", loop.EndState);
    }

    [Fact]
    public void Beyond_the_retry_limit_a_reschedule_keeps_the_status_and_says_so()
    {
        var loop = new GraphLoop(Graphs.WithTask("exitActions: {RESCHEDULE: 9}")).Start();

        loop.Exit("t", 9);

        Assert.Equal("FAILED", loop.EndState);
        Assert.Equal("No exit action applied due to retry limit 0.", loop.Reason("t"));
    }

    [Fact]
    public void A_task_is_retried_up_to_its_pools_limit()
    {
        var pool = new GraphPool { MaxRetryPerTask = 2 };
        var loop = new GraphLoop(Graphs.WithTask("exitActions: {RESCHEDULE: 9}"), pool).Start();

        for (var i = 0; i < 3; i++)
            loop.Exit("t", 9);

        Assert.Equal((2, "FAILED"), (loop.Orders["t"].RetryId, loop.EndState));
        Assert.Equal(2, loop.Task("t")["past"]!.AsArray().Count);
    }

    [Fact]
    public void Groups_that_failed_alike_give_the_run_their_word()
    {
        var loop = new GraphLoop(Samples.Chain).Start();
        var evicted = new TaskResult { Ending = TaskEnding.OutOfMemory, ExitCode = 3004 };

        loop.End("a", evicted);
        loop.End("d", evicted);

        Assert.Equal("FAILED_EVICTED", loop.EndState);
    }

    [Fact]
    public void A_late_report_of_an_ended_task_changes_nothing()
    {
        var loop = new GraphLoop(Samples.Chain).Start();
        loop.Exit("a", 1);
        var before = loop.Transcript.Count;

        loop.Phase(TaskPhase.Running, "a");
        loop.Exit("a", 0);

        Assert.Equal(before, loop.Transcript.Count);
        Assert.Equal("FAILED", loop.State("a"));
    }

    [Fact]
    public void An_interrupted_attempt_goes_back_to_its_queue_without_counting_as_a_retry()
    {
        var loop = new GraphLoop(Samples.One).Start();
        loop.Run("a");

        loop.Interrupt("a");

        Assert.Equal(("SCHEDULING", 0), (loop.State("a"), (int)loop.Task("a")["retry_id"]!));
        loop.Run("a");
        loop.Exit("a");
        Assert.Equal("COMPLETED", loop.EndState);
    }

    [Fact]
    public void An_order_carries_all_that_a_task_needs()
    {
        var loop = new GraphLoop(Graphs.WithTask(
            "args: [\"{{workflow_id}}\", \"{{output}}\"]\nenvironment: {ID: \"{{workflow_id}}\"}\n",
            "resources: {default: {cpu: 2, memory: 1Mi}}")).Start("g-7");

        var order = loop.Orders["t"];

        Assert.Equal(["true", "g-7", "{{output}}"], order.Command);
        Assert.Equal([new NameValue("ID", "g-7")], order.Environment);
        Assert.Equal((2, 1L << 20, true), (order.Resources.Cpu, order.Resources.MemoryBytes, order.KeepIntermediate));
    }
}
