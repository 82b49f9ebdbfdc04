using Cairn.Cli.Faults;
using Cairn.Cli.Terminals;

namespace Cairn.Cli.Commands.Store.Put;

/// <summary>A file to put.</summary>
/// <param name="Path">Absolute, or null for stdin.</param>
/// <param name="Name">What follows the prefix.</param>
internal sealed record LocalSource(string? Path, string Name);

/// <summary>The files that arguments name.</summary>
internal static class LocalSources
{
    /// <summary>
    /// In the order given, the files of a folder in the order of their names; links to folders are not followed. Throws
    /// <see cref="CommandFailure"/> (2) for what is not there.
    /// </summary>
    public static IReadOnlyList<LocalSource> Find(Frame frame, IReadOnlyList<string> arguments, bool recursive) =>
        [.. arguments.SelectMany(argument => Find(frame, argument, recursive))];

    private static IEnumerable<LocalSource> Find(Frame frame, string argument, bool recursive)
    {
        if (argument == "-")
            return [new LocalSource(null, "stdin")];
        var path = System.IO.Path.TrimEndingDirectorySeparator(frame.PathOf(argument));
        if (File.Exists(path))
            return [new LocalSource(path, System.IO.Path.GetFileName(path))];
        if (!Directory.Exists(path))
            throw new CommandFailure(ExitCode.Usage, [new Problem("there is no such file", argument)]);
        if (!recursive)
            throw new CommandFailure(
                ExitCode.Usage, [new Problem("is a folder", argument, Hint: "-r puts everything in it")]);
        return Directory
            .EnumerateFiles(path, "*", new EnumerationOptions
            {
                RecurseSubdirectories = true,
                AttributesToSkip = FileAttributes.None,
                IgnoreInaccessible = false,
            })
            .Where(file => !HasLinkedFolder(path, file))
            .Order(StringComparer.Ordinal)
            .Select(file => new LocalSource(
                file, $"{System.IO.Path.GetFileName(path)}/{System.IO.Path.GetRelativePath(path, file)}"));
    }

    private static bool HasLinkedFolder(string root, string file)
    {
        for (var above = System.IO.Path.GetDirectoryName(file)!; above.Length > root.Length;
            above = System.IO.Path.GetDirectoryName(above)!)
            if (new DirectoryInfo(above).LinkTarget is not null)
                return true;
        return false;
    }
}
