using System.Security.Cryptography;
using System.Text;
using Cairn.Engine.Effects;
using Cairn.Graphs.Tasks;

namespace Cairn.Platform.Executors.Local.Networks;

/// <summary>
/// A private network for each group of more than one task: a namespace with a bridge, one more for each member, a way
/// out by address translation. Equal ports of two groups never meet. A network lives while a task of its group does,
/// is found by its name after a crash, and is made again when the machine was restarted.
/// </summary>
internal sealed class GroupNetworks(LocalHome home, INetworkKind kind)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>Why private networks cannot be had here, or null.</summary>
    public string? Absence => kind.Absence;

    /// <summary>The networks of a state folder, as its user can make them.</summary>
    public static GroupNetworks Of(LocalHome home, bool asRoot) =>
        new(home, asRoot ? new RootNetworks() : new RootlessNetworks(home.Mark));

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
    public Task Remove(string name) => kind.Remove(Folder(name), name);

    private async Task Make(string name, int members)
    {
        var folder = Folder(name);
        if (File.Exists(Path.Combine(folder, "whole")) && kind.IsHeld(folder, name))
            return;
        await Remove(name);
        Directory.CreateDirectory(folder);
        try
        {
            var missing = await kind.Make(folder, name, [.. Enumerable.Range(0, members).Select(Address)]);
            await File.WriteAllTextAsync(Path.Combine(folder, "whole"), missing);
        }
        catch (TaskStartException)
        {
            await Remove(name);
            throw;
        }
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

        return kind.Member(Folder(name), own, names) with
        {
            Lacks = File.ReadAllText(Path.Combine(Folder(name), "whole")).Trim(),
        };
    }

    private string Folder(string name) => Path.Combine(home.Networks, name);

    private static string Address(int member) => $"10.213.{(member + 2) >> 8}.{(member + 2) & 255}";

    private sealed record Entry(Task Made)
    {
        public SortedSet<EffectKey> Tasks { get; } = new(Comparer<EffectKey>.Create((one, other) =>
            (one.Run, one.Incarnation, one.Sequence).CompareTo((other.Run, other.Incarnation, other.Sequence))));
    }
}
