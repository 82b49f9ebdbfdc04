using Cairn.Engine.Effects;
using Cairn.Engine.Runs;

namespace Cairn.Platform.Executors.Local.Places;

/// <summary>
/// Everything about one attempt at one task, on disk under its key: what recovery needs is here and nowhere else.
/// </summary>
/// <remarks>
/// `order.json` what was asked · `inputs-ready` the inputs are whole · `launched.SERIAL.BOOT` the command was started
/// (created by the started process itself, exclusively) · `process.SERIAL.json` who it is · `status.SERIAL` what the
/// sandbox says, exit code last · `signal.SERIAL` the name of the signal it died of · `stopping.SERIAL` how hard it is
/// being stopped, there before the first signal · `ended.json` how the command ended · `done.json` the result that was
/// reported. SERIAL is the number of the message that caused the launch, 0 without one.
/// </remarks>
internal sealed class TaskFolder
{
    /// <summary>A folder found on disk.</summary>
    public TaskFolder(string path) => Path = path;

    /// <summary>Absolute.</summary>
    public string Path { get; }

    /// <summary>The effect key, as text.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>What was asked.</summary>
    public string Order => At("order.json");

    /// <summary>Input N is the folder N in it.</summary>
    public string Inputs => At("input");

    /// <summary>What the task leaves.</summary>
    public string Output => At("output");

    /// <summary>The task's private /tmp.</summary>
    public string Temporary => At("tmp");

    /// <summary>`/osmo/run/workspace`.</summary>
    public string Workspace => At("workspace");

    /// <summary>The files of the order, by position.</summary>
    public string Files => At("files");

    /// <summary>What the command writes to stdout and stderr, in the order in which it wrote it.</summary>
    public string Log => At("output.log");

    /// <summary>What the executor says about the task.</summary>
    public string ControlLog => At("control.log");

    /// <summary>Where lines of the log stand and when they were written.</summary>
    public string LogIndex => At("output.index");

    /// <summary>The inputs are whole.</summary>
    public string InputsReady => At("inputs-ready");

    /// <summary>How the command ended.</summary>
    public string Ended => At("ended.json");

    /// <summary>The reported result.</summary>
    public string Done => At("done.json");

    /// <summary>Names of the task's own host table.</summary>
    public string Hosts => At("hosts");

    /// <summary>The start marker of one launch in one boot of the machine.</summary>
    public string Launched(int serial, string boot) => At($"launched.{serial}.{boot}");

    /// <summary>Who the launched process is.</summary>
    public string Process(int serial) => At($"process.{serial}.json");

    /// <summary>What the sandbox says about a launch.</summary>
    public string Status(int serial) => At($"status.{serial}");

    /// <summary>The signal that ended a launch, by name.</summary>
    public string Signal(int serial) => At($"signal.{serial}");

    /// <summary>How hard a launch is being stopped.</summary>
    public string Stopping(int serial) => At($"stopping.{serial}");

    /// <summary>A file or folder in it.</summary>
    public string At(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>All launches so far, the latest last.</summary>
    public IReadOnlyList<Launch> Launches()
    {
        if (!Directory.Exists(Path))
            return [];
        var found = new List<Launch>();
        foreach (var marker in Directory.EnumerateFiles(Path, "launched.*"))
        {
            var parts = System.IO.Path.GetFileName(marker).Split('.', 3);
            if (parts.Length == 3 && int.TryParse(parts[1], out var serial))
                found.Add(new Launch(serial, parts[2], File.GetLastWriteTimeUtc(marker)));
        }

        found.Sort((one, other) => one.Serial.CompareTo(other.Serial));
        return found;
    }

    /// <summary>One launch, or null.</summary>
    public Launch? Launch(int serial)
    {
        foreach (var launch in Launches())
            if (launch.Serial == serial)
                return launch;
        return null;
    }

    /// <summary>Makes the folder and the places in it that every task has; what is there stays.</summary>
    public void Make()
    {
        Directory.CreateDirectory(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var open in new[] { Output, Workspace, Temporary })
        {
            Directory.CreateDirectory(open);
            File.SetUnixFileMode(open, Everybody | (open == Temporary ? UnixFileMode.StickyBit : UnixFileMode.None));
        }
    }

    /// <summary>The key in a folder's name, or null when it is no task folder.</summary>
    public static EffectKey? KeyOf(string name)
    {
        var parts = name.Split('-')[0].Split('.');
        return parts.Length == 3 && RunUid.TryParse(parts[0], out var run)
            && int.TryParse(parts[1], out var incarnation) && long.TryParse(parts[2], out var sequence)
            ? new EffectKey(run, incarnation, sequence)
            : null;
    }

    /// <summary>Writes a file whole or not at all: to another name, then renamed.</summary>
    public static void WriteWhole(string path, ReadOnlySpan<byte> content)
    {
        var part = path + ".part";
        File.WriteAllBytes(part, content);
        File.Move(part, path, overwrite: true);
    }

    /// <summary>Removes a file or folder with all in it, as far as that is possible; `cairn doctor` finds the
    /// rest.</summary>
    public static void Discard(string path)
    {
        try
        {
            if (Directory.Exists(path))
                Directory.Delete(path, recursive: true);
            else
                File.Delete(path);
        }
        catch (Exception kept) when (kept is IOException or UnauthorizedAccessException)
        {
            // A file of another user inside: not ours to remove.
        }
    }

    private const UnixFileMode Everybody =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute |
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute |
        UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
}
