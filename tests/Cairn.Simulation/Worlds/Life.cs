namespace Cairn.Simulation.Worlds;

/// <summary>One life of the engine's process, from its start to its crash.</summary>
internal sealed class Life(int number)
{
    /// <summary>Counted from 1.</summary>
    public int Number { get; } = number;

    /// <summary>Whether the process has crashed or left.</summary>
    public bool IsOver { get; private set; }

    public void End() => IsOver = true;
}
