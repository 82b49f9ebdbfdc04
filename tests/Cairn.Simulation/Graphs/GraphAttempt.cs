using System.Globalization;
using Cairn.Engine.Effects;
using Cairn.Graphs.Tasks;
using Cairn.Simulation.Performers;

namespace Cairn.Simulation.Graphs;

/// <summary>One attempt at a task: brings inputs, waits at its barrier, runs its command, takes outputs away.</summary>
internal sealed class GraphAttempt(EffectOrder order, TaskOrder task, World world)
{
    private int _round;
    private int _lastSerial;
    private bool _mayGo;

    public EffectOrder Order { get; } = order;

    public TaskPhase Phase { get; private set; } = TaskPhase.Initializing;

    /// <summary>What it ended with; null: it runs.</summary>
    public TaskResult? Result { get; private set; }

    /// <summary>It was stopped because its run was parked.</summary>
    public bool IsInterrupted { get; private set; }

    /// <summary>Who listens now.</summary>
    public Action? Changed { get; set; }

    public void Begin() => Later(() => Enter(TaskPhase.Downloading, () => Enter(TaskPhase.Ready, ComeToBarrier)));

    /// <summary>A word of the program; one seen twice is done once.</summary>
    public void Tell(TaskMessage message)
    {
        if (message.Serial <= _lastSerial || Result is not null) return;
        _lastSerial = message.Serial;
        switch (message.Verb)
        {
            case TaskVerb.Go:
                _mayGo = true;
                if (Phase == TaskPhase.Ready) Run();
                break;
            case TaskVerb.Restart:
                _round++;
                _mayGo = false;
                Later(() => Enter(TaskPhase.Ready, ComeToBarrier));
                break;
            default:
                End(new TaskResult { Ending = TaskEnding.Stopped, ExitCode = 143 });
                break;
        }
    }

    /// <summary>Ends it for the engine; that it was an interrupt is written beside it.</summary>
    public void Kill(bool isInterrupt)
    {
        if (Result is null) IsInterrupted = isInterrupt;
        End(new TaskResult { Ending = TaskEnding.Stopped, ExitCode = 137 });
    }

    private void ComeToBarrier()
    {
        if (!task.Barrier || _mayGo) Run();
    }

    private void Run() => Enter(TaskPhase.Running, () =>
    {
        if (task.Command[0] == "hang") return;
        var fails = task.RetryId < int.Parse(task.Command[1], CultureInfo.InvariantCulture);
        var code = fails ? int.Parse(task.Command[2], CultureInfo.InvariantCulture) : 0;
        if (fails) End(new TaskResult { Ending = TaskEnding.Exited, ExitCode = code });
        else Enter(TaskPhase.Uploading, () => End(new TaskResult { Ending = TaskEnding.Exited, ExitCode = 0 }));
    });

    private void Enter(TaskPhase phase, Action then)
    {
        Phase = phase;
        Changed?.Invoke();
        if (phase == TaskPhase.Ready) then();
        else Later(then);
    }

    private void Later(Action act)
    {
        var round = _round;
        world.Agenda.After(TimeSpan.FromMilliseconds(world.Dice.Between(1, 2500)), () =>
        {
            if (round == _round && Result is null) act();
        });
    }

    private void End(TaskResult result)
    {
        if (Result is not null) return;
        Result = result;
        Changed?.Invoke();
    }
}
