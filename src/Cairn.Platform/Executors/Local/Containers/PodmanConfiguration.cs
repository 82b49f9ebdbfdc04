using Cairn.Platform.Executors.Local.Images;
using Cairn.Platform.Executors.Local.Places;

namespace Cairn.Platform.Executors.Local.Containers;

/// <summary>
/// The environment of podman. Its user's own configuration holds; only as root on a machine without systemd (a
/// container, a minimal host), where podman's defaults cannot work, it gets one of ours.
/// </summary>
internal static class PodmanConfiguration
{
    private const string Variable = "CONTAINERS_CONF";

    /// <summary>Variables to add when podman is started.</summary>
    public static IReadOnlyDictionary<string, string> Of(LocalHome home)
    {
        var none = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!Environment.IsPrivilegedProcess || Directory.Exists("/run/systemd/system")
            || Environment.GetEnvironmentVariable(Variable) is not null)
            return none;
        Directory.CreateDirectory(home.Programs);
        var path = Path.Combine(home.Programs, "containers.conf");
        var runtime = Tools.Find("crun") is null ? "runc" : "crun";
        TaskFolder.WriteWhole(path, System.Text.Encoding.UTF8.GetBytes(
            $"""
            [containers]
            default_ulimits = ["nofile=20000:20000", "nproc=8192:8192"]

            [engine]
            runtime = "{runtime}"
            cgroup_manager = "cgroupfs"
            events_logger = "file"

            """));
        none[Variable] = path;
        return none;
    }
}
