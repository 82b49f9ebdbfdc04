namespace Cairn.Platform.Executors.Local.Networks;

/// <summary>How a task reaches others. Closed.</summary>
internal abstract record TaskNetwork
{
    private TaskNetwork() { }

    /// <summary>The host's network.</summary>
    public sealed record Host : TaskNetwork;

    /// <summary>No network at all but its own loopback.</summary>
    public sealed record None : TaskNetwork;

    /// <summary>A place in its group's private network.</summary>
    /// <param name="Namespace">The file that holds its network namespace open.</param>
    /// <param name="Names">Every member's name and address, this task among them.</param>
    public sealed record Member(string Namespace, IReadOnlyList<(string Name, string Address)> Names) : TaskNetwork
    {
        /// <summary>The user namespace that owns it and is entered first; null where root made it.</summary>
        public string? User { get; init; }

        /// <summary>What it lacks, `no way out`; empty for nothing.</summary>
        public string Lacks { get; init; } = "";
    }
}
