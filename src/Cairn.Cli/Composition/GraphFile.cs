using System.Text;
using Cairn.Cli.Faults;
using Cairn.Cli.Terminals;
using Cairn.Graphs.Rendering;
using Cairn.Graphs.Validation;

namespace Cairn.Cli.Composition;

/// <summary>Graph files on disk, as the pure compiler takes them: text, and the way to the files beside it.</summary>
internal static class GraphFile
{
    private const long LargestLocal = 64 << 20;
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Reads and compiles a file. Throws <see cref="CommandFailure"/> when it cannot be read.</summary>
    public static GraphOutcome Compile(Frame frame, string file, GraphValues values, GraphOptions? options = null) =>
        GraphCompiler.Render(Read(frame, file), values, options ?? new GraphOptions());

    /// <summary>
    /// A compiled graph; throws <see cref="CommandFailure"/> (2) with everything that is wrong with it.
    /// </summary>
    public static GraphOutcome CompileValid(
        Frame frame, string file, GraphValues values, GraphOptions? options = null)
    {
        var outcome = Compile(frame, file, values, options);
        return outcome.Errors.Count == 0
            ? outcome
            : throw new CommandFailure(ExitCode.Usage, [.. outcome.Errors.Select(ProblemOf)]);
    }

    /// <summary>An error of the compiler as the command line shows it.</summary>
    public static Problem ProblemOf(GraphError error) =>
        new(error.Message, error.File, error.Line, error.Column, error.Hint);

    private static GraphSource Read(Frame frame, string file) =>
        LocalFile(frame.PathOf(file)) switch
        {
            LocalText.Found found => new GraphSource(file, found.Text, path => LocalFile(frame.PathOf(path))),
            LocalText.Missing => throw Unusable(file, "there is no such file"),
            LocalText.Unreadable bad => throw Unusable(file, bad.Reason),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static CommandFailure Unusable(string file, string reason) =>
        new(ExitCode.Usage, [new Problem(reason, file)]);

    private static LocalText LocalFile(string path)
    {
        if (Directory.Exists(path))
            return new LocalText.Unreadable("is a folder");
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > LargestLocal })
                return new LocalText.Unreadable($"is larger than {LargestLocal >> 20} MiB");
            return new LocalText.Found(Strict.GetString(WithoutMark(File.ReadAllBytes(path))));
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return new LocalText.Missing();
        }
        catch (DecoderFallbackException)
        {
            return new LocalText.Unreadable("is not UTF-8 text");
        }
        catch (UnauthorizedAccessException)
        {
            return new LocalText.Unreadable("permission denied");
        }
        catch (IOException unreadable)
        {
            return new LocalText.Unreadable(unreadable.Message.TrimEnd('.'));
        }
    }

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
}
