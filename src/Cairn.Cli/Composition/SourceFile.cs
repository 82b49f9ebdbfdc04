using System.Text;
using Cairn.Cli.Faults;
using Cairn.Cli.Terminals;
using Cairn.Graphs.Rendering;

namespace Cairn.Cli.Composition;

/// <summary>Source files on disk, as the pure compilers take them: text.</summary>
internal static class SourceFile
{
    private const long Largest = 64 << 20;
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>The text of a file that the user named; throws <see cref="CommandFailure"/> (2).</summary>
    public static string Read(Frame frame, string file) => Load(frame.PathOf(file)) switch
    {
        LocalText.Found found => found.Text,
        LocalText.Missing => throw Unusable(file, "there is no such file"),
        LocalText.Unreadable bad => throw Unusable(file, bad.Reason),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The text of a file, or why there is none.</summary>
    public static LocalText Load(string path)
    {
        if (Directory.Exists(path))
            return new LocalText.Unreadable("is a folder");
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > Largest })
                return new LocalText.Unreadable($"is larger than {Largest >> 20} MiB");
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

    private static CommandFailure Unusable(string file, string reason) =>
        new(ExitCode.Usage, [new Problem(reason, file)]);

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
}
