using System.Collections.Concurrent;
using Cairn.Engine.Effects;

namespace Cairn.Engine.Shells;

/// <summary>The one door into the shell that is safe from any thread; nothing that comes through it waits.</summary>
internal sealed class IntakeQueue : IReportSink
{
    private readonly ConcurrentQueue<Intake> _queue = new();

    /// <summary>Called after each entry, on the thread that brought it: the host wakes the shell's thread.</summary>
    public Action Wake { get; set; } = static () => { };

    public void Post(Intake intake)
    {
        _queue.Enqueue(intake);
        Wake();
    }

    public bool TryTake(out Intake? intake) => _queue.TryDequeue(out intake);

    public bool IsEmpty => _queue.IsEmpty;

    public void Report(EffectKey effect, int issue, Report report) => Post(new Intake.Reported(effect, issue, report));

    public void Freed(string kind) => Post(new Intake.Freed(kind));
}
