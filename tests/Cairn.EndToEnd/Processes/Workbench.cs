namespace Cairn.EndToEnd.Processes;

/// <summary>A folder of its own with a project in it, and the program started there. Removed at the end.</summary>
internal sealed class Workbench : IDisposable
{
    private readonly Dictionary<string, string?> _environment = new(StringComparer.Ordinal);

    /// <summary>A project with a bucket `out`.</summary>
    public Workbench()
    {
        Folder = Directory.CreateTempSubdirectory("cairn-e2e-").FullName;
        Home = Path.Combine(Folder, ".cairn");
        Evidence = Path.Combine(Folder, "evidence");
        Directory.CreateDirectory(Evidence);
        _environment["CAIRN_HOME"] = Home;
        _environment["NO_COLOR"] = "1";
        _environment["CAIRN_TRACE"] = null;
        Write("cairn.yaml", """
            cairn: 1
            name: bench
            stores: {out: {url: "file:out"}}
            """);
    }

    /// <summary>The project's folder, where the program runs.</summary>
    public string Folder { get; }

    /// <summary>The state folder.</summary>
    public string Home { get; }

    /// <summary>A folder that tasks can mount, outside of everything that the program manages.</summary>
    public string Evidence { get; }

    /// <summary>The folder of the bucket `out`.</summary>
    public string Bucket => Path.Combine(Folder, "out");

    /// <summary>A project whose pool lets tasks mount the evidence folder, and retries them.</summary>
    public void AllowEvidence() => Write("cairn.yaml", $$$"""
        cairn: 1
        name: bench
        stores: {out: {url: "file:out"}}
        pools: {local: {executor: local, default: true, max_retry_per_task: 50, allowed_mounts: ["{{{Evidence}}}"]}}
        """);

    /// <summary>Puts an empty file into the evidence folder, which tasks may wait for.</summary>
    public void Release(string name) => File.WriteAllText(Path.Combine(Evidence, name), "");

    /// <summary>Sets a variable of the program's environment; null removes it.</summary>
    public Workbench With(string name, string? value)
    {
        _environment[name] = value;
        return this;
    }

    /// <summary>Writes a file below the folder and returns its absolute path.</summary>
    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text.ReplaceLineEndings("\n"));
        return path;
    }

    /// <summary>Starts `cairn` and leaves it running.</summary>
    public LiveCairn Start(params string[] arguments) => new(Folder, _environment, arguments);

    /// <summary>Runs `cairn` to its end.</summary>
    public async Task<Invocation> RunAsync(params string[] arguments)
    {
        using var live = Start(arguments);
        return await live.EndAsync();
    }

    /// <summary>
    /// Starts `cairn` in a mount namespace of its own, where the state folder is a disk of this size. The files `fill`
    /// and `free` in the evidence folder fill that disk up (then there is a file `filled`) and empty it again.
    /// </summary>
    public LiveCairn StartOnSmallDisk(int kilobytes, params string[] arguments)
    {
        Directory.CreateDirectory(Home);
        var script = Write("small-disk.sh", $"""
            mount -t tmpfs -o size={kilobytes}k,mode=0700 tmpfs "{Home}"
            (
              until [ -e "{Evidence}/fill" ] || [ ! -d "{Evidence}" ]; do sleep 0.05; done
              cat /dev/zero > "{Home}/filler" 2>/dev/null
              touch "{Evidence}/filled" || exit
              until [ -e "{Evidence}/free" ] || [ ! -d "{Evidence}" ]; do sleep 0.05; done
              rm "{Home}/filler"
            ) </dev/null >/dev/null 2>&1 &
            exec "$@"
            """);
        return new LiveCairn(Folder, _environment, arguments, ["unshare", "--mount", "sh", script]);
    }

    /// <summary>Starts `cairn` as another user; the program must lie where that user may go.</summary>
    public LiveCairn StartAs(string user, params string[] arguments) => new(
        Folder, _environment, arguments,
        ["setpriv", $"--reuid={user}", "--clear-groups", "env", "HOME=/nonexistent", $"USER={user}"]);

    /// <summary>Starts `cairn` as if the machine had started anew: under another boot id.</summary>
    public LiveCairn StartAfterBoot(params string[] arguments)
    {
        var boot = Write("boot-id", $"{Guid.CreateVersion7()}\n");
        var script = Write("boot.sh", $"""
            mount --bind "{boot}" /proc/sys/kernel/random/boot_id
            exec "$@"
            """);
        return new LiveCairn(Folder, _environment, arguments, ["unshare", "--mount", "sh", script]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        TaskProcesses.KillAll(Home);
        // Ends what waits for them on a small disk.
        Release("fill");
        Release("free");
        try
        {
            Directory.Delete(Folder, recursive: true);
        }
        catch (IOException)
        {
            // A task that a failed test left alive still writes there; the system's own clean-up takes it.
        }
    }
}
