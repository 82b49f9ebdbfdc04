using System.Buffers;
using System.Diagnostics;
using Cairn.Engine.Effects;
using Cairn.Engine.Programs;
using Cairn.Engine.Runs;
using Cairn.Graphs.Tasks;

namespace Cairn.Graphs.Program;

/// <summary>
/// A graph as the engine knows it (spec/osmo.md 3). An event changes its task and group; what follows for other groups
/// is work in steps, each paid with fuel.
/// </summary>
internal sealed class GraphProgram : IProgram
{
    private const int UpstreamFailed = 3000;
    private const int StartTimeout = 3005;
    private readonly GraphState _state;
    private readonly Clocks _clocks;
    private readonly GroupRules _rules;
    private readonly Queue<Work> _work = new();

    /// <summary>A program over a state, fresh or restored.</summary>
    public GraphProgram(GraphState state)
    {
        _state = state;
        _clocks = new Clocks(state.Definition);
        _rules = new GroupRules(state, _clocks, new TaskOrders(state));
    }

    /// <inheritdoc/>
    public Advanced Advance(RunEvent happened, Turn turn)
    {
        switch (happened)
        {
            case RunEvent.Started started:
                (_state.WorkflowId, _state.WorkflowUid) = (started.Id, started.Uid.ToString());
                _work.Enqueue(new Work(WorkKind.Begin));
                break;
            case RunEvent.Reported reported:
                Reported(reported.Effect, reported.Report, turn);
                break;
            case RunEvent.TimerFired fired:
                Fired(fired.Timer, turn);
                break;
            case RunEvent.Arrived { Item: { Kind: InboxKind.Cancel } item }:
                _work.Enqueue(new Work(WorkKind.Cancel) { Cancel = CancelRequest.Read(item.Payload) });
                break;
            case RunEvent.Arrived or RunEvent.Continued:
                break;
            default:
                throw new UnreachableException();
        }

        return Drain(turn);
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> snapshot) => GraphSnapshot.Write(_state, snapshot);

    /// <inheritdoc/>
    public void Describe(IBufferWriter<byte> json) => GraphDescription.Write(_state, json);

    private Advanced Drain(Turn turn)
    {
        while (_work.TryPeek(out var work))
        {
            var (cost, done) = Step(work, turn);
            if (done)
                _work.Dequeue();
            if (!turn.Burn(cost))
                return Advanced.OutOfFuel;
        }

        Show(turn);
        return Advanced.Done;
    }

    private (int Cost, bool Done) Step(Work work, Turn turn)
    {
        var groups = work.Kind == WorkKind.Settle ? (IReadOnlyList<GroupState>)work.Group!.Downstream : _state.Groups;
        if (work.Done >= groups.Count)
            return (1, true);
        var group = groups[work.Done++];
        switch (work.Kind)
        {
            case WorkKind.Begin when group is { UpstreamLeft: 0, Status: TaskStatus.Waiting }:
                _rules.Launch(group, turn);
                return (1 + group.Tasks.Length, false);
            case WorkKind.Settle when group.Status == TaskStatus.Waiting:
                return (1 + Settle(group, work.Group!, turn), false);
            case WorkKind.Cancel when !group.Status.IsEnd():
                var verb = work.Cancel!.Force ? TaskVerb.Kill : TaskVerb.Stop;
                _rules.EndAll(group, TaskStatus.FailedCanceled, null, work.Cancel.Sentence(), verb, turn);
                return (1 + group.Tasks.Length, false);
            default:
                return (1, false);
        }
    }

    private int Settle(GroupState group, GroupState ended, Turn turn)
    {
        if (ended.Status == TaskStatus.Completed)
        {
            if (--group.UpstreamLeft > 0)
                return 0;
            _rules.Launch(group, turn);
            return group.Tasks.Length;
        }

        _rules.EndAll(
            group, TaskStatus.FailedUpstream, UpstreamFailed, "Upstream task failed.", TaskVerb.Stop, turn);
        _work.Enqueue(new Work(WorkKind.Settle, group));
        return group.Tasks.Length;
    }

    private void Reported(long effect, Report report, Turn turn)
    {
        if (_state.Task(effect) is not { } task)
            return;
        // An attempt that is over already, or was replaced, only has its end noted: the run waits for it.
        var isCurrent = task.Effect == effect && !task.Status.IsEnd();
        switch (report)
        {
            case Report.Accepted when isCurrent:
                _rules.Initializing(task, turn);
                break;
            case Report.Progressed progressed when isCurrent:
                _rules.Progressed(task, TaskJson.ReadProgress(progressed.State), turn);
                break;
            case Report.Ended { Ending: Ending.Interrupted }:
                if (isCurrent)
                    GroupRules.Requeue(task, turn);
                break;
            case Report.Ended ended:
                _state.Remove(effect);
                if (isCurrent)
                    Ended(task, ended, turn);
                break;
        }
    }

    private void Ended(TaskState task, Report.Ended ended, Turn turn)
    {
        var result = ended.Ending == Ending.Unknown
            ? new TaskResult { Ending = TaskEnding.Lost, ExitCode = 3001, Message = "Its machine lost it." }
            : TaskJson.ReadResult(ended.Result);
        (task.ReusedFrom, task.ReplacedImage) = (result.ReusedFrom, result.ReplacedImage);
        if (result.ReusedFrom is not null)
            task.Started ??= turn.Now;
        End(task, Verdict.StatusOf(result), result.ExitCode, result.Message, turn);
    }

    private void End(TaskState task, TaskStatus status, int code, string reason, Turn turn)
    {
        _rules.Ended(task, Verdict.Of(status, code, reason, task, _state.Definition.Pool), turn);
        if (task.Group.Status.IsEnd())
            _work.Enqueue(new Work(WorkKind.Settle, task.Group));
    }

    private void Fired(string timer, Turn turn)
    {
        var (kind, name) = Clocks.Read(timer);
        if (kind == ClockKind.Start)
        {
            StartTimedOut(name, turn);
            return;
        }

        var (expected, status, sentence, seconds) = kind == ClockKind.Queue
            ? (TaskStatus.Scheduling, TaskStatus.FailedQueueTimeout, "stayed in queue", _clocks.QueueSeconds)
            : (TaskStatus.Running, TaskStatus.FailedExecTimeout, "ran", _clocks.ExecSeconds);
        if (_state.Group(name) is not { } group || group.Status != expected)
            return;
        var reason = $"Task {sentence} longer than the set limit of {Readable.Span(seconds)}.";
        _rules.EndAll(group, status, null, reason, TaskVerb.Stop, turn);
        _work.Enqueue(new Work(WorkKind.Settle, group));
    }

    private void StartTimedOut(string name, Turn turn)
    {
        if (_state.TaskNamed(name) is not { Status: TaskStatus.Initializing } task)
            return;
        _rules.Stop(task, TaskVerb.Stop, turn);
        var limit = Readable.Span(_state.Definition.Pool.StartTimeoutSeconds);
        End(task, TaskStatus.FailedStartTimeout, StartTimeout, $"Task took longer than {limit} to start.", turn);
    }

    private void Show(Turn turn)
    {
        if (_state.HasEnded)
            return;
        var word = _state.Word();
        var isOver = word is not ("RUNNING" or "PENDING");
        if (isOver && _state.Live == 0)
        {
            _state.HasEnded = true;
            _state.Shown = word;
            turn.End(word, OutcomeOf(word), GraphDescription.Result(_state));
            return;
        }

        if (word == _state.Shown)
            return;
        _state.Shown = word;
        // A state that is final but has tasks still stopping is not over for the engine.
        turn.Show(word, word == "PENDING" ? Outcome.Waiting : Outcome.Running);
    }

    private static Outcome OutcomeOf(string word) => word switch
    {
        "COMPLETED" => Outcome.Succeeded,
        "FAILED_CANCELED" => Outcome.Cancelled,
        _ => Outcome.Failed,
    };
}
