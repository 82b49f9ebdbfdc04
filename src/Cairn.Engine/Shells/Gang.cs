namespace Cairn.Engine.Shells;

/// <summary>Effects that are admitted together or not at all; most often one alone.</summary>
internal sealed class Gang(LiveRun run, IReadOnlyList<long> effects, int priority)
{
    public LiveRun Run { get; } = run;

    public IReadOnlyList<long> Effects { get; } = effects;

    public int Priority { get; } = priority;

    /// <summary>Where it waits; null: nowhere.</summary>
    public Lane? Lane { get; set; }

    /// <summary>Its place among the waiting gangs of its run.</summary>
    public LinkedListNode<Gang>? Place { get; set; }

    /// <summary>How often one behind it was admitted.</summary>
    public int PassedOver { get; set; }

    /// <summary>Why it was not admitted last time; null: not offered yet.</summary>
    public string? Reason { get; set; }
}
