using Cairn.Cli.Faults;
using Cairn.Cli.Terminals;

namespace Cairn.Cli.Composition;

/// <summary>The state folder belongs to its user alone, whoever of the parts comes to it first.</summary>
internal static class StateFolderMaker
{
    private const string Hint = "name another one with --home or CAIRN_HOME";

    /// <summary>
    /// Makes it where it is missing. Throws <see cref="CommandFailure"/> when that cannot be done.
    /// </summary>
    public static void Make(string path)
    {
        if (Directory.Exists(path))
        {
            RequireReadable(path);
            return;
        }

        try
        {
            Directory.CreateDirectory(
                path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (UnauthorizedAccessException)
        {
            throw new CommandFailure(
                ExitCode.Denied, $"the state folder {path} cannot be made: permission denied", Hint);
        }
        catch (IOException failure) when (Outside.Explain(failure) is { Code: not ExitCode.TryAgain })
        {
            var reason = File.Exists(path) ? "it is a file" : failure.Message.TrimEnd('.');
            throw new CommandFailure(ExitCode.Usage, $"the state folder {path} cannot be made: {reason}", Hint);
        }
    }

    /// <summary>
    /// Throws <see cref="CommandFailure"/> (5) for a folder of somebody else: it looks empty to all that comes after.
    /// </summary>
    public static void RequireReadable(string path)
    {
        try
        {
            if (Directory.Exists(path))
                _ = Directory.EnumerateFileSystemEntries(path).Any();
        }
        catch (UnauthorizedAccessException)
        {
            throw new CommandFailure(
                ExitCode.Denied, $"the state folder {path} cannot be read: permission denied",
                $"look at the owner and mode of the folder, or {Hint}");
        }
    }
}
