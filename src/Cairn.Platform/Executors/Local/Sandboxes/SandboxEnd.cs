using Cairn.Graphs.Tasks;
using Cairn.Platform.Executors.Local.Places;

namespace Cairn.Platform.Executors.Local.Sandboxes;

/// <summary>What the files of an ended sandbox tell: exit code, signal, out of memory, never started.</summary>
internal static class SandboxEnd
{
    private const int SignalBase = 128;

    /// <summary>The end, or null when the sandbox did not come to tell its exit code.</summary>
    public static CommandEnd? Read(TaskPlace place, int serial)
    {
        var status = place.Folder.Status(serial);
        if (SandboxStatus.Read(status).ExitCode is not { } code)
            return null;
        var said = ReadLines(place.Folder.Signal(serial));
        return Explain(place, code, said) with { EndedUtc = File.GetLastWriteTimeUtc(status) };
    }

    private static CommandEnd Explain(TaskPlace place, int code, string[] said)
    {
        if (said is not [CommandScript.Started, ..])
            return CommandEnd.NotStarted($"The sandbox could not be made: {LastLine(place.Folder.Log)}");
        if (code != 0 && place.Cgroup.OutOfMemoryKills() > 0)
            return new CommandEnd(
                TaskEnding.OutOfMemory,
                CommandEnd.EvictedCode,
                $"The task needed more than its {place.Order.Resources.MemoryBytes >> 20} MiB of memory");
        if (said.Length == 1)
            return new CommandEnd(TaskEnding.Exited, code);
        return said[^1] == CommandScript.NotFound
            ? CommandEnd.NotStarted($"Command not found or not executable: {place.Order.Command[0]}")
            : new CommandEnd(TaskEnding.Signaled, code, $"The command was ended by a signal: {said[^1]}")
            {
                Signal = Math.Max(0, code - SignalBase),
            };
    }

    private static string LastLine(string path) => ReadLines(path) is [.., var last] ? last : "bubblewrap said nothing";

    private static string[] ReadLines(string path) => File.Exists(path) ? File.ReadAllLines(path) : [];
}
