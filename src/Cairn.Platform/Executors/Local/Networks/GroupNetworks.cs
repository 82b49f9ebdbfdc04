using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Cairn.Engine.Effects;
using Cairn.Graphs.Tasks;
using Cairn.Platform.Executors.Local.Images;
using Cairn.Platform.Executors.Local.Processes;

namespace Cairn.Platform.Executors.Local.Networks;

/// <summary>
/// A private network for each group of more than one task: a namespace with a bridge, one more for each member, a way
/// out by address translation. Equal ports of two groups never meet. A network lives while a task of its group does,
/// is found by its name after a crash, and is made again when the machine was restarted.
/// </summary>
internal sealed class GroupNetworks(LocalHome home)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>Why private networks cannot be had here, or null.</summary>
    public string? Absence { get; } = FindAbsence();

    /// <summary>The place of a task in its group's network, which is made when it is the first.</summary>
    /// <exception cref="TaskStartException">It cannot be made.</exception>
    public async Task<TaskNetwork> Join(EffectKey key, TaskOrder order, CancellationToken cancel)
    {
        var name = NameOf(key, order.Group);
        Entry entry;
        lock (_lock)
        {
            if (!_entries.TryGetValue(name, out entry!))
            {
                entry = new Entry(Task.Run(() => Make(name, order.Members.Count), CancellationToken.None));
                _entries[name] = entry;
            }

            entry.Tasks.Add(key);
        }

        await entry.Made.WaitAsync(cancel);
        return Member(name, order);
    }

    /// <summary>The task is gone; with the last of its group the network goes, too.</summary>
    public async Task Leave(EffectKey key, TaskOrder order)
    {
        var name = NameOf(key, order.Group);
        lock (_lock)
        {
            if (!_entries.TryGetValue(name, out var entry) || !entry.Tasks.Remove(key) || entry.Tasks.Count > 0)
                return;
            _entries.Remove(name);
        }

        await Remove(name);
    }

    /// <summary>Names of the networks that this state folder has, live or left over.</summary>
    public IReadOnlyList<string> Names() =>
        Directory.Exists(home.Networks)
            ? [.. Directory.EnumerateDirectories(home.Networks).Select(path => Path.GetFileName(path))]
            : [];

    /// <summary>The name of a group's network.</summary>
    public string NameOf(EffectKey key, string group)
    {
        var identity = Encoding.UTF8.GetBytes($"{home.Mark} {key.Run} {key.Incarnation} {group}");
        return $"cn{Convert.ToHexStringLower(SHA256.HashData(identity))[..10]}";
    }

    /// <summary>Unmakes a network, whatever of it there is.</summary>
    public Task Remove(string name) =>
        Program.Run("/bin/sh", ["-c", NetworkScripts.Unmake, "sh", Folder(name), name], CancellationToken.None);

    private async Task Make(string name, int members)
    {
        var folder = Folder(name);
        if (File.Exists(Path.Combine(folder, "whole")) && IsHeld(Path.Combine(folder, "group")))
            return;
        await Remove(name);
        Directory.CreateDirectory(folder);
        var (outer, inner) = FreeLink(name);
        string[] arguments =
        [
            "-c", NetworkScripts.Make, "sh", folder, name, outer, inner,
            .. Enumerable.Range(0, members).Select(Address),
        ];
        var made = await Program.Run("/bin/sh", arguments, CancellationToken.None);
        if (made.Code != 0)
        {
            await Remove(name);
            throw new TaskStartException($"the group's network could not be made: {made.Errors}");
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "whole"), made.Output);
    }

    private TaskNetwork.Member Member(string name, TaskOrder order)
    {
        var names = new List<(string, string)>();
        var own = 0;
        for (var i = 0; i < order.Members.Count; i++)
        {
            names.Add((order.Members[i], Address(i)));
            if (order.Members[i] == order.Task)
                own = i;
        }

        return new TaskNetwork.Member(Path.Combine(Folder(name), $"{own}"), names);
    }

    private string Folder(string name) => Path.Combine(home.Networks, name);

    private static string Address(int member) => $"10.213.{(member + 2) >> 8}.{(member + 2) & 255}";

    // A held namespace is a mount of its own on the file; after a restart of the machine only the file is left.
    private static bool IsHeld(string file) =>
        File.ReadLines("/proc/self/mountinfo").Any(line => line.Split(' ')[4] == file);

    private static (string Outer, string Inner) FreeLink(string name)
    {
        const int pairs = 1 << 14;
        var used = NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(one => one.GetIPProperties().UnicastAddresses)
            .Where(one => one.Address.AddressFamily == AddressFamily.InterNetwork)
            .Select(one => one.Address.ToString())
            .ToHashSet(StringComparer.Ordinal);
        var first = (int)(Convert.ToUInt32(name[2..10], 16) % pairs);
        for (var i = 0; i < pairs; i++)
        {
            var at = ((first + i) % pairs) * 4;
            var outer = $"10.214.{(at + 1) >> 8}.{(at + 1) & 255}";
            if (!used.Contains(outer))
                return (outer, $"10.214.{(at + 2) >> 8}.{(at + 2) & 255}");
        }

        throw new TaskStartException("no free addresses for the group's network (10.214.0.0/16)");
    }

    private static string? FindAbsence()
    {
        if (!Environment.IsPrivilegedProcess)
            return "private networks of groups need root: groups share the host's network, one at a time";
        foreach (var program in new[] { "ip", "nsenter", "unshare" })
            if (Tools.Find(program) is null)
                return $"{program} is not installed: groups share the host's network, one at a time";
        return null;
    }

    private sealed record Entry(Task Made)
    {
        public SortedSet<EffectKey> Tasks { get; } = new(Comparer<EffectKey>.Create((one, other) =>
            (one.Run, one.Incarnation, one.Sequence).CompareTo((other.Run, other.Incarnation, other.Sequence))));
    }
}
