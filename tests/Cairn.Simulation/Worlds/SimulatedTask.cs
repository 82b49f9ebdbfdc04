using Cairn.Engine.Effects;

namespace Cairn.Simulation.Worlds;

/// <summary>A task on a machine that goes on whatever becomes of the engine.</summary>
internal sealed class SimulatedTask(EffectKey key, int issue, Act act)
{
    /// <summary>What it is known by.</summary>
    public EffectKey Key { get; } = key;

    /// <summary>Which hand-out started it.</summary>
    public int Issue { get; } = issue;

    /// <summary>What it does.</summary>
    public Act Act { get; } = act;

    /// <summary>It waits at its gang's barrier.</summary>
    public bool Ready { get; set; }

    /// <summary>It was told to leave the barrier.</summary>
    public bool Released { get; set; }

    /// <summary>What it ended with; null: it runs.</summary>
    public string? Result { get; set; }

    /// <summary>Who listens now: the performer of the living process, or nobody.</summary>
    public Action<SimulatedTask>? Changed { get; set; }
}
