using System.Diagnostics;
using System.Text.RegularExpressions;
using Cairn.Bench.Cli;

namespace Cairn.Bench.Tasks;

/// <summary>
/// The command line with which the executor starts the sandbox of a task, as a person would type it: taken down by a
/// `bwrap` that stands before the real one on PATH, without the lines that join control groups, which only the executor
/// makes.
/// </summary>
internal sealed partial class SandboxCommand
{
    private const string Place = "{}";

    private const string Recorder =
        """
        #!/bin/sh
        printf '%s\0' "$@" >"RECORDS/line"
        cat /proc/self/fd/5 >"RECORDS/arguments"
        exec BWRAP "$@" 5<"RECORDS/arguments"
        """;

    private readonly string[] _words;
    private readonly string _hosts;

    private SandboxCommand(string[] words, string hosts) => (_words, _hosts) = (words, hosts);

    /// <summary>Runs one task and takes down its command.</summary>
    public static SandboxCommand Record(string cairn, string folder)
    {
        var tap = Path.Combine(folder, "bwrap");
        File.WriteAllText(tap, Recorder.Replace("RECORDS", folder, StringComparison.Ordinal)
            .Replace("BWRAP", Bubblewrap(), StringComparison.Ordinal));
        File.SetUnixFileMode(tap, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var home = Path.Combine(folder, "home");
        Binaries.Time(
            "/usr/bin/env", $"PATH={folder}:{Environment.GetEnvironmentVariable("PATH")}",
            cairn, "--home", home, "run", TrueGraph.Write(folder, 1));
        var words = Words(Path.Combine(folder, "line"));
        var arguments = Words(Path.Combine(folder, "arguments"));
        var hosts = Array.Find(arguments, word => word.EndsWith("/hosts", StringComparison.Ordinal))!;
        var inFile = Array.IndexOf(words, "--args");
        string[] whole = [Bubblewrap(), .. words[..inFile], .. arguments, .. words[(inFile + 2)..]];
        var task = Path.GetDirectoryName(hosts)!;
        return new SandboxCommand(
            [.. whole.Select(word => Joining().Replace(word.Replace(task, Place, StringComparison.Ordinal), ""))],
            File.ReadAllText(hosts));
    }

    /// <summary>Seconds to run it so often, as many at a time as there are cores.</summary>
    public double Time(string folder, int times)
    {
        for (var i = 0; i < times; i++)
        {
            var place = Directory.CreateDirectory(Path.Combine(folder, $"{i}"));
            foreach (var name in new[] { "tmp", "output", "workspace" })
                place.CreateSubdirectory(name);
            File.WriteAllText(Path.Combine(place.FullName, "hosts"), _hosts);
        }

        // Where the executor has files for status and signal, a hand has nothing to keep.
        const string all = "exec 6>/dev/null 8>/dev/null; seq 0 $(($1 - 1)) | sed \"s|^|$2/|\" | "
            + "{ n=$3; shift 3; xargs -P $n -I{} \"$@\"; }";
        var watch = Stopwatch.StartNew();
        Binaries.Time("/bin/sh", ["-c", all, "sh", $"{times}", folder, $"{Environment.ProcessorCount}", .. _words]);
        return watch.Elapsed.TotalSeconds;
    }

    private static string Bubblewrap() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, "bwrap"))
        .FirstOrDefault(File.Exists) ?? throw new InvalidOperationException("bubblewrap is not installed");

    private static string[] Words(string path) => File.ReadAllText(path).Split('\0')[..^1];

    [GeneratedRegex(@"echo 0 >&\d; exec \d>&-; ")]
    private static partial Regex Joining();
}
