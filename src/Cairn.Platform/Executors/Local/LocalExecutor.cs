using System.Collections.Concurrent;
using Cairn.Engine.Effects;
using Cairn.Graphs.Tasks;
using Cairn.Platform.Executors.Local.Attempts;
using Cairn.Platform.Executors.Local.Pools;

namespace Cairn.Platform.Executors.Local;

/// <summary>
/// Performs tasks on this machine (architecture 7). The engine may die at any moment: tasks live on, and the next
/// engine finds them by their key and goes on from the phase that it finds on disk. Nothing that recovery needs is in
/// memory.
/// </summary>
public sealed class LocalExecutor : IPerformer, IDisposable
{
    private readonly ConcurrentDictionary<EffectKey, LiveTask> _live = new();
    private readonly ConcurrentDictionary<EffectKey, TaskOrder> _orders = new();
    private readonly ConcurrentDictionary<Task, byte> _walking = new();
    private readonly CancellationTokenSource _leaving = new();
    private readonly LocalMachine _machine;
    private readonly DiskRoom _room;
    private IReportSink? _reports;

    /// <summary>An executor over a state folder.</summary>
    public LocalExecutor(LocalExecutorSettings settings)
    {
        _machine = new LocalMachine(settings);
        _room = new DiskRoom(() => settings.Disk(settings.Home), settings.Clock, _leaving.Token)
        {
            RoomAgain = () => Reports.Freed(Kind),
        };
    }

    /// <inheritdoc/>
    public string Kind => TaskJson.Kind;

    /// <inheritdoc/>
    public RecoveryClass Recovery => RecoveryClass.Reattach;

    private IReportSink Reports => _reports ?? throw new InvalidOperationException("Open comes first");

    /// <inheritdoc/>
    public void Open(IReportSink reports) => _reports = reports;

    /// <inheritdoc/>
    public Admission Admit(IReadOnlyList<EffectOrder> gang)
    {
        var first = Read(gang[0]);
        if (_room.Shortage() is { } shortage)
            return new Admission.Full(shortage);
        if (_machine.TakeTurns(first) is { } reason && _live.Values.Any(task => task.Shares(first)))
            return new Admission.Full($"pool {first.Pool}: {reason}");
        var asked = new List<(EffectKey, TaskResources)>(gang.Count);
        foreach (var order in gang)
            asked.Add((order.Key, _machine.Needs(Read(order))));
        return _machine.Pool(first.Pool).Admit(asked);
    }

    /// <inheritdoc/>
    public void Start(EffectOrder order) => Begin(order, Read(order), told: []);

    /// <inheritdoc/>
    public void Recover(EffectOrder order, ReadOnlyMemory<byte>? handle, IReadOnlyList<ReadOnlyMemory<byte>> told)
    {
        var task = Read(order);
        var gpus = _machine.Placed(order)?.Gpus ?? [];
        _machine.Pool(task.Pool).Retake(order.Key, _machine.Needs(task), gpus);
        Begin(order, task, told);
    }

    /// <inheritdoc/>
    public void Tell(EffectOrder order, ReadOnlyMemory<byte> message)
    {
        if (_live.TryGetValue(order.Key, out var task) && task.Issue == order.Issue)
            task.Inbox.Put(TaskJson.ReadMessage(message));
    }

    /// <inheritdoc/>
    public void Stop(EffectOrder order, StopReason reason)
    {
        if (_live.TryGetValue(order.Key, out var task) && task.Issue == order.Issue)
            task.Inbox.Stop(reason == StopReason.Interrupted ? StopKind.Interrupted : StopKind.AtOnce);
    }

    /// <summary>Why a gang can never run in its pool, or null: a validation error (architecture 7).</summary>
    public string? Misfit(IReadOnlyList<TaskOrder> gang) =>
        gang.Select(_machine.Forbidden).FirstOrDefault(forbidden => forbidden is not null)
        ?? _machine.Pool(gang[0].Pool).Misfit([.. gang.Select(_machine.Needs)]);

    /// <summary>Stops looking at tasks and waits until nothing here touches them any more; they live on.</summary>
    public void Dispose()
    {
        _leaving.Cancel();
        Task.WaitAll([.. _walking.Keys]);
        _machine.Dispose();
        _leaving.Dispose();
    }

    private void Begin(EffectOrder order, TaskOrder task, IReadOnlyList<ReadOnlyMemory<byte>> told)
    {
        var inbox = new TaskInbox(Standing.First(task.Barrier));
        foreach (var message in told)
            inbox.Put(TaskJson.ReadMessage(message));
        _live[order.Key] = new LiveTask(order.Issue, task, inbox);
        var leaving = _leaving.Token;
        var walk = Task.Run(() => Live(order, task, inbox, leaving), CancellationToken.None);
        _walking[walk] = 0;
        _ = walk.ContinueWith(
            ended => _walking.TryRemove(ended, out _), CancellationToken.None, TaskContinuationOptions.None,
            TaskScheduler.Default);
    }

    private async Task Live(EffectOrder order, TaskOrder task, TaskInbox inbox, CancellationToken cancel)
    {
        var ended = false;
        void Report(Report report)
        {
            if (ended)
                return;
            ended = report is Report.Ended;
            if (ended)
                Forget(order, task);
            Reports.Report(order.Key, order.Issue, report);
        }

        try
        {
            await _machine.Attempt(order, task, inbox, Report, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The engine leaves; whoever comes next finds the task.
        }
        catch (Exception unforeseen)
        {
            // One broken task must never stop the engine or hang its run; the text goes to the run's record.
            Report(new Report.Ended(Ending.Known, TaskJson.Write(new TaskResult
            {
                Ending = TaskEnding.StartError,
                ExitCode = CommandEnd.StartErrorCode,
                Message = unforeseen.Message,
            })));
        }
    }

    private void Forget(EffectOrder order, TaskOrder task)
    {
        _live.TryRemove(order.Key, out _);
        _orders.TryRemove(order.Key, out _);
        if (_machine.Pool(task.Pool).Release(order.Key))
            Reports.Freed(Kind);
    }

    private TaskOrder Read(EffectOrder order) =>
        _orders.GetOrAdd(order.Key, static (_, ask) => TaskJson.ReadOrder(ask.Request), order.Ask);

    private sealed record LiveTask(int Issue, TaskOrder Order, TaskInbox Inbox)
    {
        /// <summary>Whether it is of another group and would meet that one's ports.</summary>
        public bool Shares(TaskOrder other) =>
            Order.Members.Count > 1 && (Order.WorkflowUid != other.WorkflowUid || Order.Group != other.Group);
    }
}
