using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Cairn.Engine.Hosting;

/// <summary>
/// The right to advance the runs of a state folder: a kernel lock, held for as long as the process lives and gone with
/// it however it ends. Never a timeout.
/// </summary>
internal sealed partial class OwnerLock : IDisposable
{
    private const int Exclusive = 2;
    private const int NonBlocking = 4;
    private readonly SafeFileHandle _file;
    private readonly StateFolder _folder;

    private OwnerLock(SafeFileHandle file, StateFolder folder) => (_file, _folder) = (file, folder);

    /// <summary>Takes the lock; null: somebody else has it.</summary>
    public static OwnerLock? TryTake(StateFolder folder)
    {
        SafeFileHandle file;
        try
        {
            // FileShare.None is an exclusive flock(2) that does not wait, on an open file that no child inherits.
            file = File.OpenHandle(folder.OwnerLock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e.GetType() == typeof(IOException))
        {
            return null;
        }

        // Asked for once more: .NET's own locking can be switched off by the environment.
        if (Flock(file, Exclusive | NonBlocking) != 0)
        {
            file.Dispose();
            return null;
        }

        File.WriteAllText(
            folder.OwnerNote, $"host {Environment.MachineName}\npid {Environment.ProcessId}\nboot {BootId()}\n");
        return new OwnerLock(file, folder);
    }

    /// <summary>Who wrote the note last: `pid 12 on host x`. For messages only; the lock is what counts.</summary>
    public static string Describe(StateFolder folder)
    {
        try
        {
            var lines = File.ReadAllLines(folder.OwnerNote);
            string Value(string key) => lines.FirstOrDefault(line =>
                line.StartsWith(key + " ", StringComparison.Ordinal))
                ?[(key.Length + 1)..] ?? "unknown";
            return $"pid {Value("pid")} on {Value("host")}";
        }
        catch (IOException)
        {
            return "an unknown process";
        }
    }

    public void Dispose()
    {
        try
        {
            File.Delete(_folder.OwnerNote);
        }
        catch (IOException)
        {
            // The note is for people; the lock goes with its file descriptor all the same.
        }

        _file.Dispose();
    }

    private static string BootId()
    {
        const string source = "/proc/sys/kernel/random/boot_id";
        return File.Exists(source) ? File.ReadAllText(source).Trim() : "unknown";
    }

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Flock(SafeFileHandle file, int operation);
}
