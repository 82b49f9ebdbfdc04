using System.Text;
using Cairn.Engine.Effects;
using Cairn.Engine.Hosting;
using Cairn.Engine.Programs;
using Cairn.Engine.Runs;
using Cairn.Engine.Shells;
using Cairn.Engine.Tests.Journals;
using Cairn.Engine.Tests.Shells;

namespace Cairn.Engine.Tests.Hosting;

/// <summary>
/// The host with real threads, a real folder and the real clock; waits are for events, never for time.
/// </summary>
public sealed class EngineHostTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_run_submitted_to_the_owner_ends_with_its_result()
    {
        await using var host = Open(new HandPerformer("echo") { Echoes = true });

        var run = await host.SubmitAsync(Script("ask echo a\nsleep 0.01\nask echo b"));
        var ended = await host.WaitAsync(run, TestContext.Current.CancellationToken);

        Assert.Equal("started run-1, 1 Known a, fired t1, 2 Known b", Encoding.UTF8.GetString(ended.Result.Span));
        Assert.True(host.IsOwner);
        Assert.StartsWith("""{"line":""", Encoding.UTF8.GetString(host.Describe(ended).Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_run_is_submitted_with_arrives_in_its_first_event()
    {
        await using var host = Open(new HandPerformer("echo"));

        var run = await host.SubmitAsync(Script("end") with { Arguments = "[1]"u8.ToArray() });
        var ended = await host.WaitAsync(run, TestContext.Current.CancellationToken);

        Assert.Equal("started run-1 [1]", Encoding.UTF8.GetString(ended.Result.Span));
    }

    [Fact]
    public async Task A_second_process_hands_its_run_to_the_owner_and_watches_it()
    {
        await using var owner = Open(new HandPerformer("echo") { Echoes = true });
        await using var watcher = Open(new HandPerformer("echo"));
        Assert.False(watcher.IsOwner);

        var run = await watcher.SubmitAsync(Script("ask echo a\nsignal"));
        List<long> seen = [];
        await foreach (var change in watcher.WatchAsync(run, token: TestContext.Current.CancellationToken))
        {
            seen.Add(change.Record.Sequence);
            if (seen.Count == 2) await watcher.SendAsync(run, new InboxItem("go", InboxKind.Signal, default));
        }

        Assert.Equal([1L, 2L, 3L], seen);
        Assert.Equal(Outcome.Succeeded, watcher.Journal.Find(run.Row)!.Outcome);
    }

    [Fact]
    public async Task A_watcher_takes_over_when_the_owner_leaves_and_goes_on_with_its_runs()
    {
        var owner = Open(new HandPerformer("echo"));
        var run = await owner.SubmitAsync(Script("ask echo a"));
        await using var watcher = Open(new HandPerformer("echo") { Echoes = true });

        await owner.DisposeAsync();
        var ended = await watcher.WaitAsync(run, TestContext.Current.CancellationToken);

        Assert.True(watcher.IsOwner);
        Assert.Equal("started run-1, 1 Known a", Encoding.UTF8.GetString(ended.Result.Span));
    }

    [Fact]
    public async Task A_clean_end_leaves_a_snapshot_of_every_open_run()
    {
        RunHead run;
        await using (var host = Open(new HandPerformer("echo")))
        {
            run = await host.SubmitAsync(Script("signal"));
            await foreach (var _ in host.WatchAsync(run, token: TestContext.Current.CancellationToken)) break;
        }

        using var journal = Cairn.Engine.Journals.Sqlite.SqliteJournal.Open(_folder.File("journal.db"));
        Assert.Equal(1, journal.Snapshot(run.Row)!.Sequence);
    }

    [Fact]
    public async Task Why_a_run_waits_can_be_asked_from_another_process()
    {
        var performer = new HandPerformer("task", RecoveryClass.Reattach) { Capacity = 1 };
        await using var owner = Open(performer);
        await using var watcher = Open(new HandPerformer("task"));
        var run = await owner.SubmitAsync(Script("fan task 2"));
        await foreach (var change in owner.WatchAsync(run, token: TestContext.Current.CancellationToken))
            if (change.Record.Sequence == 2) break;

        var waits = await watcher.ExplainAsync(run);

        Assert.Equal(
            [new Wait.ForEffect(1, "task-0", "task"), new Wait.ForCapacity(2, "task-1", "task", "1 of 1 in use")],
                waits);
    }

    [Fact]
    public async Task Interrupting_returns_when_nothing_of_the_run_is_at_work()
    {
        var performer = new HandPerformer("task", RecoveryClass.Reattach);
        await using var host = Open(performer);
        var run = await host.SubmitAsync(Script("ask task x"));
        await foreach (var change in host.WatchAsync(run, token: TestContext.Current.CancellationToken))
            if (change.Record.Sequence == 2) break;

        await host.InterruptAsync(run, TestContext.Current.CancellationToken);

        Assert.Equal(Parked.Interrupted, (await host.WaitAsync(run, TestContext.Current.CancellationToken)).Parked);
        Assert.Empty(performer.Running);
    }

    [Fact]
    public async Task A_submit_of_an_unknown_kind_is_refused()
    {
        await using var host = Open(new HandPerformer("echo"));

        var busy = await Assert.ThrowsAsync<EngineBusyException>(() => host.SubmitAsync(
            new NewRun(EngineHost.NewUid(), "x", "nothing", default, default)));

        Assert.Equal(("no program family 'nothing' here", false), (busy.Message, busy.IsWorthAnotherTry));
    }

    [Fact]
    public async Task Who_asks_an_engine_that_has_died_is_told_so_and_does_not_wait_for_ever()
    {
        var token = TestContext.Current.CancellationToken;
        await using var owner = Open(new BrokenPerformer());
        await using var watcher = Open(new HandPerformer("task"));
        var run = await owner.SubmitAsync(Script("ask task x"));
        var died = await Assert.ThrowsAsync<NotSupportedException>(() => owner.Ended.WaitAsync(token));

        var asked = await Assert.ThrowsAsync<EngineBusyException>(() => owner.ExplainAsync(run));
        var sent = await Assert.ThrowsAsync<EngineBusyException>(() => owner.SubmitAsync(Script("end")));
        var elsewhere = await watcher.ExplainAsync(run);

        Assert.Equal($"the engine has stopped: {died.Message}", asked.Message);
        Assert.Equal((asked.Message, false), (sent.Message, sent.IsWorthAnotherTry));
        Assert.Single(elsewhere);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>A performer with a bug: the engine's thread does not survive it.</summary>
    private sealed class BrokenPerformer : IPerformer
    {
        public string Kind => "task";

        public RecoveryClass Recovery => RecoveryClass.Reattach;

        public void Open(IReportSink reports) { }

        public Admission Admit(IReadOnlyList<EffectOrder> gang) => throw new NotSupportedException("broken");

        public void Start(EffectOrder order) { }

        public void Recover(
            EffectOrder order, ReadOnlyMemory<byte>? handle, IReadOnlyList<ReadOnlyMemory<byte>> told)
        { }

        public void Tell(EffectOrder order, ReadOnlyMemory<byte> message) { }

        public void Stop(EffectOrder order, StopReason reason) { }
    }

    private EngineHost Open(IPerformer performer) =>
        EngineHost.Open(new EngineSetup(_folder.Path, [new ScriptFamily()], [performer]));

    private static NewRun Script(string text) =>
        new(EngineHost.NewUid(), "run", "script", Encoding.UTF8.GetBytes(text), default);
}
