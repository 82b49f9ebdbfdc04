using Cairn.Platform.Executors.Local.Images;
using Cairn.Platform.Executors.Local.Places;
using Cairn.Platform.Executors.Local.Processes;

namespace Cairn.Platform.Executors.Local.Networks;

/// <summary>
/// Networks made without root: a user namespace with a network namespace for the group and one for each member, held
/// open by processes that outlive us and carry the network's name in their environment; `slirp4netns` is the way out.
/// </summary>
internal sealed class RootlessNetworks(string mark) : INetworkKind
{
    private const string Variable = "CAIRN_NETWORK";

    private readonly Lazy<string?> _absence = new(FindAbsence);

    /// <inheritdoc/>
    public string? Absence => _absence.Value;

    /// <inheritdoc/>
    public async Task<string> Make(string folder, string name, IReadOnlyList<string> addresses)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { [Variable] = Badge(name) };
        string[] arguments = ["-c", NetworkScripts.MakeRootless, "sh", folder, NetworkScripts.Inside, .. addresses];
        var made = await Program.Run("/bin/sh", arguments, CancellationToken.None, environment);
        return made.Code == 0
            ? made.Output
            : throw new TaskStartException($"the group's network could not be made: {made.Errors}");
    }

    /// <inheritdoc/>
    public bool IsHeld(string folder, string name) =>
        Holders(folder) is { Count: > 0 } holders && holders.All(pid =>
            ProcessIdentity.EnvironmentOf(pid).Contains($"{Variable}={Badge(name)}", StringComparer.Ordinal));

    /// <inheritdoc/>
    public TaskNetwork.Member Member(
        string folder, int number, IReadOnlyList<(string Name, string Address)> names)
    {
        var holders = Holders(folder);
        return new TaskNetwork.Member($"/proc/{holders[number + 1]}/ns/net", names)
        {
            User = $"/proc/{holders[0]}/ns/user",
        };
    }

    /// <inheritdoc/>
    public Task Remove(string folder, string name)
    {
        foreach (var pid in ProcessIdentity.WithVariable($"{Variable}={Badge(name)}"))
            _ = Libc.kill(pid, Libc.SigKill);
        TaskFolder.Discard(folder);
        return Task.CompletedTask;
    }

    private string Badge(string name) => $"{mark}:{name}";

    /// <summary>The process that holds the group's namespaces, then one for each member.</summary>
    private static List<int> Holders(string folder)
    {
        var file = Path.Combine(folder, "holders");
        var holders = new List<int>();
        foreach (var word in File.Exists(file) ? File.ReadAllText(file).Split(' ', '\n') : [])
            if (int.TryParse(word, out var pid))
                holders.Add(pid);
        return holders;
    }

    private static string? FindAbsence()
    {
        foreach (var program in new[] { "ip", "nsenter", "unshare" })
            if (Tools.Find(program) is null)
                return $"{program} is not installed: groups share the host's network, one at a time";
        string[] probe = ["--user", "--map-root-user", "--net", "true"];
        return Program.Run("unshare", probe, CancellationToken.None).GetAwaiter().GetResult().Code == 0
            ? null
            : "user namespaces are not allowed here: groups share the host's network, one at a time";
    }
}
