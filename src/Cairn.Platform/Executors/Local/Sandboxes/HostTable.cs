using System.Text;
using Cairn.Platform.Executors.Local.Networks;
using Cairn.Platform.Executors.Local.Places;

namespace Cairn.Platform.Executors.Local.Sandboxes;

/// <summary>A task's own `/etc/hosts`: its group's members by the names that `{{host:task}}` gives.</summary>
internal static class HostTable
{
    /// <summary>The text of the table.</summary>
    public static string Of(TaskPlace place)
    {
        var table = new StringBuilder("127.0.0.1 localhost\n::1 localhost ip6-localhost ip6-loopback\n");
        if (place.Network is TaskNetwork.Member member)
            foreach (var (name, address) in member.Names)
                table.Append($"{address} {TaskPaths.HostName(name)}\n");
        else
            foreach (var name in place.Order.Members)
                table.Append($"127.0.0.1 {TaskPaths.HostName(name)}\n");
        return table.ToString();
    }
}
