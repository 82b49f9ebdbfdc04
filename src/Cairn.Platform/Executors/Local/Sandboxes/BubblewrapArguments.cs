using System.Text;
using Cairn.Platform.Executors.Local.Images;
using Cairn.Platform.Executors.Local.Networks;
using Cairn.Platform.Executors.Local.Places;
using Cairn.Platform.Projects;

namespace Cairn.Platform.Executors.Local.Sandboxes;

/// <summary>
/// The file system and the environment of one sandbox as bubblewrap's arguments: everything but the command itself.
/// They hold secrets and travel in a <see cref="Processes.MemoryFile"/>.
/// </summary>
internal sealed class BubblewrapArguments
{
    /// <summary>The first descriptor of a credential's content.</summary>
    public const int FirstSecretDescriptor = 100;

    // What a container engine grants by default, less what needs a real root.
    private static readonly string[] s_capabilities =
    [
        "CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_FOWNER", "CAP_FSETID", "CAP_KILL", "CAP_SETGID", "CAP_SETUID",
        "CAP_NET_BIND_SERVICE", "CAP_SETFCAP", "CAP_SETPCAP",
    ];

    private readonly List<string> _arguments = [];
    private readonly TaskPlace _place;
    private readonly ProjectImage _entry;

    private BubblewrapArguments(TaskPlace place, ProjectImage entry) => (_place, _entry) = (place, entry);

    /// <summary>The arguments, each ended by a zero byte, as `--args` reads them.</summary>
    /// <param name="place">The task.</param>
    /// <param name="entry">The image entry.</param>
    /// <param name="programs">The folder that becomes `/osmo/usr/bin`.</param>
    /// <param name="secrets">The values of its credentials.</param>
    public static byte[] Of(TaskPlace place, ProjectImage entry, string programs, TaskSecrets secrets)
    {
        var one = new BubblewrapArguments(place, entry);
        one.AddSystem(secrets);
        one.AddPlaces(programs);
        one.AddFiles(secrets);
        one.AddEnvironment(secrets);
        return Encoding.UTF8.GetBytes(string.Concat(one._arguments.Select(argument => argument + "\0")));
    }

    private void AddSystem(TaskSecrets secrets)
    {
        Add("--unshare-pid", "--unshare-ipc", "--unshare-uts", "--new-session");
        Add("--hostname", TaskPaths.HostName(_place.Order.Task));
        if (_place.Network is TaskNetwork.None)
            Add("--unshare-net");
        // Of a rootless network, too, the sandbox begins as the root of a namespace.
        if (Environment.IsPrivilegedProcess || _place.Network is TaskNetwork.Member { User: not null })
        {
            Add("--cap-drop", "ALL");
            foreach (var capability in s_capabilities)
                Add("--cap-add", capability);
        }

        var wanted = _place.Order.Files.Select(file => file.Path)
            .Concat(secrets.Files.Select(file => file.Name))
            .Concat(_entry.Mounts.Select(mount => Split(mount).To))
            .Append("/etc/hosts");
        _arguments.AddRange(new HostTree(wanted).Arguments());
        Add("--proc", "/proc", "--dev", "/dev", "--tmpfs", "/run");
        Add("--perms", "1777", "--dir", "/var/tmp", "--dir", "/root");
        Add("--ro-bind", _place.Folder.Hosts, "/etc/hosts");
        AddResolver();
        foreach (var device in _place.Gpus.Select(gpu => $"/dev/nvidia{gpu}"))
            Add("--dev-bind", device, device);
        if (_place.Gpus.Count > 0)
            foreach (var device in new[] { "/dev/nvidiactl", "/dev/nvidia-uvm", "/dev/nvidia-uvm-tools" })
                Add("--dev-bind-try", device, device);
    }

    // Name resolution often is a link into /run, which the sandbox does not share; and a resolver on the host's
    // loopback cannot be reached from a private network, while the servers behind it can.
    private void AddResolver()
    {
        const string behind = "/run/systemd/resolve/resolv.conf";
        if (new FileInfo("/etc/resolv.conf").ResolveLinkTarget(returnFinalTarget: true) is { Exists: true } resolver
            && resolver.FullName.StartsWith("/run/", StringComparison.Ordinal))
            Add("--ro-bind", _place.Network is TaskNetwork.Member && File.Exists(behind) ? behind : resolver.FullName,
                resolver.FullName);
    }

    private void AddPlaces(string programs)
    {
        Add("--bind", _place.Folder.Temporary, "/tmp");
        if (_place.Order.Inputs.Count > 0)
            Add("--ro-bind", _place.Folder.Inputs, TaskPaths.Input);
        else
            Add("--dir", TaskPaths.Input);
        Add("--bind", _place.Folder.Output, TaskPaths.Output);
        Add("--bind", _place.Folder.Workspace, TaskPaths.Workspace);
        foreach (var extra in CheckpointPlaces.Extra(_place))
            Add("--bind", extra.OnHost, extra.InTask);
        Add("--ro-bind", programs, TaskPaths.Programs, "--dir", TaskPaths.Login);
        if (ImageChoice.FolderOf(_entry) is { } folder)
            Add("--ro-bind", folder, TaskPaths.Image);
        foreach (var mount in _entry.Mounts)
        {
            var (from, to) = Split(mount);
            Add("--ro-bind", from, to);
        }

        foreach (var mount in _place.Order.VolumeMounts)
        {
            var (from, to) = Split(mount);
            Add("--bind", from, to);
        }

        Add("--chdir", "/");
    }

    private void AddFiles(TaskSecrets secrets)
    {
        for (var i = 0; i < _place.Order.Files.Count; i++)
            if (!TaskFiles.LiesInOutput(_place.Order.Files[i]))
                Add("--ro-bind", TaskFiles.At(_place.Folder, i), _place.Order.Files[i].Path);
        for (var i = 0; i < secrets.Files.Count; i++)
            Add("--perms", "0444", "--ro-bind-data", $"{FirstSecretDescriptor + i}", secrets.Files[i].Name);
    }

    private void AddEnvironment(TaskSecrets secrets)
    {
        foreach (var (name, value) in TaskEnvironment.Of(_place, _entry, TaskPaths.Tokens(_place), secrets.Variables))
            Add("--setenv", name, value);
    }

    private void Add(params ReadOnlySpan<string> arguments) => _arguments.AddRange(arguments);

    private static (string From, string To) Split(string mount)
    {
        var colon = mount.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (mount, mount) : (mount[..colon], mount[(colon + 1)..]);
    }
}
