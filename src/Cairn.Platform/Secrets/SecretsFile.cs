using Cairn.Platform.Projects;
using Cairn.Platform.Stores.Files;
using Cairn.Platform.Stores.Foreign;
using YamlDotNet.Core;

namespace Cairn.Platform.Secrets;

/// <summary>
/// The local secrets file: a YAML map of name to `{type, payload}`. It is read only when nobody but its owner, who runs
/// this program, can read it.
/// </summary>
public static class SecretsFile
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Reads the credentials of a file.</summary>
    /// <param name="file">Absolute.</param>
    /// <param name="required">Whether a missing file is an error; else it holds nothing.</param>
    /// <exception cref="SecretsException">The file is missing, unsafe or wrong.</exception>
    public static Credentials Load(string file, bool required)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read);
            RefuseUnsafe(stream, file);
            using var text = new StreamReader(stream);
            var reading = new CredentialReader(file);
            var credentials = reading.Read(text);
            return reading.Problems.Count == 0
                ? new Credentials(credentials)
                : throw new SecretsException(false, reading.Problems);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return required
                ? throw Refused(
                    file, isUnsafe: false, "there is no such file", $"make it with: install -m 600 /dev/null {file}")
                : new Credentials([]);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Refused(file, isUnsafe: true, $"cannot be read: {failure.Message.TrimEnd('.')}", null);
        }
        catch (YamlException failure)
        {
            // The parser's own words could quote what stands in the file.
            throw new SecretsException(false, [new ProjectProblem(
                "no valid YAML at this place", file, (int)Math.Max(1, failure.Start.Line),
                (int)Math.Max(1, failure.Start.Column))]);
        }
    }

    // On the open file, not on its name: what is checked is what is read.
    private static void RefuseUnsafe(FileStream stream, string file)
    {
        var mode = File.GetUnixFileMode(stream.SafeFileHandle);
        if ((mode & ~Private) != UnixFileMode.None)
            throw Refused(
                file, isUnsafe: true,
                    $"others may use this file (mode {Convert.ToString((int)mode, 8)}), so it is not read",
                $"chmod 600 {file}");
        if (FileVersion.Owner(stream.SafeFileHandle) is { } owner && owner != Posix.EffectiveUser())
            throw Refused(
                file, isUnsafe: true, $"the file is owned by user {owner}, not by you, so it is not read",
                $"make your own copy, mode 600, and name it under secrets: in cairn.yaml");
    }

    private static SecretsException Refused(string file, bool isUnsafe, string message, string? hint) =>
        new(isUnsafe, [new ProjectProblem(message, file, 1, 1, hint)]);
}
