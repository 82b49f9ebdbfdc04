namespace Cairn.Platform.Executors.Local.Networks;

/// <summary>How the private network of a group is made here: as root, or in a user namespace.</summary>
internal interface INetworkKind
{
    /// <summary>Why it cannot be made, or null.</summary>
    string? Absence { get; }

    /// <summary>Makes one in an empty folder; returns what is missing, `no way out`, or nothing.</summary>
    /// <exception cref="TaskStartException">It cannot be made.</exception>
    Task<string> Make(string folder, string name, IReadOnlyList<string> addresses);

    /// <summary>Whether what was made is still held open; not so after a restart of the machine.</summary>
    bool IsHeld(string folder, string name);

    /// <summary>The place of a member in it.</summary>
    TaskNetwork.Member Member(string folder, int number, IReadOnlyList<(string Name, string Address)> names);

    /// <summary>Unmakes it, whatever of it there is.</summary>
    Task Remove(string folder, string name);
}
