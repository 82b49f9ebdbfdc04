using Cairn.Engine.Effects;

namespace Cairn.Engine.Shells;

/// <summary>What this process has done with an effect; forgotten when the process ends.</summary>
internal sealed class Handed(EffectOrder order)
{
    /// <summary>The order as committed; while it only waits, its request may be missing.</summary>
    public EffectOrder Order { get; set; } = order;

    public HandedStage Stage { get; set; } = HandedStage.Queued;

    /// <summary>The gang in whose name it waits; null: it does not.</summary>
    public Gang? Gang { get; set; }

    /// <summary>The record that holds the request.</summary>
    public long AskedAt { get; init; }

    /// <summary>The request is not in memory.</summary>
    public bool IsTrimmed { get; set; }

    /// <summary>What it was told while it waited, and gets again after its start.</summary>
    public List<ReadOnlyMemory<byte>> Told { get; set; } = [];

    /// <summary>What the request counts against the budget.</summary>
    public long CachedBytes { get; set; }
}

/// <summary>How far an effect came in this process.</summary>
internal enum HandedStage
{
    /// <summary>In the queue of its performer.</summary>
    Queued,

    /// <summary>Capacity is reserved; its `issued` record is being committed.</summary>
    Admitted,

    /// <summary>With its performer.</summary>
    Started,

    /// <summary>With its performer, which was told to stop it.</summary>
    Stopping,
}
