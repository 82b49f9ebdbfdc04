using System.Diagnostics;
using System.Globalization;

namespace Cairn.Simulation.Seeds;

/// <summary>
/// Which seeds are played: always the first ones, so that everybody plays the same; in CI as many again that follow
/// from the commit's hash, so that each commit looks somewhere new and can be played again.
/// </summary>
internal static class SeedSource
{
    /// <summary>Whether the long campaigns run too (`./test --all`).</summary>
    public static bool IsAll => Environment.GetEnvironmentVariable("CAIRN_CAMPAIGN") == "all";

    /// <summary>The seed named by CAIRN_SEED; null: none is.</summary>
    public static ulong? Named =>
        ulong.TryParse(Environment.GetEnvironmentVariable("CAIRN_SEED"), CultureInfo.InvariantCulture, out var seed)
            ? seed
            : null;

    /// <summary>The seeds of a campaign; <paramref name="origin"/> says where the last ones come from.</summary>
    public static IEnumerable<ulong> Seeds(int fixedOnes, int longOnes, out string origin)
    {
        var seeds = From(1, IsAll ? longOnes : fixedOnes);
        origin = $"seeds 1 to {(IsAll ? longOnes : fixedOnes)}";
        if (Environment.GetEnvironmentVariable("CI") != "true" || Commit() is not { } commit) return seeds;
        var first = ulong.Parse(commit.AsSpan(0, 15), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        origin += $" and {fixedOnes} from {first} on (commit {commit})";
        return seeds.Concat(From(first, fixedOnes));
    }

    private static IEnumerable<ulong> From(ulong first, int count)
    {
        for (var i = 0; i < count; i++) yield return first + (ulong)i;
    }

    private static string? Commit()
    {
        var start = new ProcessStartInfo("git", ["rev-parse", "HEAD"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        try
        {
            using var git = Process.Start(start)!;
            var hash = git.StandardOutput.ReadToEnd().Trim();
            git.WaitForExit();
            return git.ExitCode == 0 && hash.Length >= 15 ? hash : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // No git on this machine: the first seeds must do.
            return null;
        }
    }
}
