using System.Net.NetworkInformation;
using System.Net.Sockets;
using Cairn.Platform.Executors.Local.Images;
using Cairn.Platform.Executors.Local.Processes;

namespace Cairn.Platform.Executors.Local.Networks;

/// <summary>
/// Networks made by root: namespaces held open by bind mounts on files, a link to the host and address translation on
/// it as the way out.
/// </summary>
internal sealed class RootNetworks : INetworkKind
{
    /// <inheritdoc/>
    public string? Absence { get; } = FindAbsence();

    /// <inheritdoc/>
    public async Task<string> Make(string folder, string name, IReadOnlyList<string> addresses)
    {
        var (outer, inner) = FreeLink(name);
        string[] arguments = ["-c", NetworkScripts.Make, "sh", folder, name, outer, inner, .. addresses];
        var made = await Program.Run("/bin/sh", arguments, CancellationToken.None);
        return made.Code == 0
            ? made.Output
            : throw new TaskStartException($"the group's network could not be made: {made.Errors}");
    }

    /// <inheritdoc/>
    // A held namespace is a mount of its own on the file; after a restart of the machine only the file is left.
    public bool IsHeld(string folder, string name) =>
        File.ReadLines("/proc/self/mountinfo").Any(line => line.Split(' ')[4] == Path.Combine(folder, "group"));

    /// <inheritdoc/>
    public TaskNetwork.Member Member(
        string folder, int number, IReadOnlyList<(string Name, string Address)> names) =>
        new(Path.Combine(folder, $"{number}"), names);

    /// <inheritdoc/>
    public Task Remove(string folder, string name) =>
        Program.Run("/bin/sh", ["-c", NetworkScripts.Unmake, "sh", folder, name], CancellationToken.None);

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
        foreach (var program in new[] { "ip", "nsenter", "unshare" })
            if (Tools.Find(program) is null)
                return $"{program} is not installed: groups share the host's network, one at a time";
        return null;
    }
}
