using System.Text.RegularExpressions;

namespace Cairn.Graphs.Regexes;

/// <summary>
/// The regex of an input, output or checkpoint: a Python regex that must match a relative path from its start, not to
/// its end (spec/osmo.md 4.2). Patterns without look-around and back-references run in linear time; the others may
/// backtrack, and are given up when one path takes longer than the limit that the executor set. Programs never match:
/// they only check that a pattern compiles.
/// </summary>
public sealed class PathPattern
{
    private readonly Regex _regex;

    private PathPattern(Regex regex, bool backtracks)
    {
        _regex = regex;
        Backtracks = backtracks;
    }

    /// <summary>Whether it needs look-around or back-references, hence may take long.</summary>
    public bool Backtracks { get; }

    /// <summary>What is wrong with a Python regex, or null.</summary>
    public static string? Fault(string pattern)
    {
        try
        {
            _ = new Regex(new PythonRegex(pattern).Translate());
            return null;
        }
        catch (RegexFault fault)
        {
            return fault.Message;
        }
        catch (RegexParseException fault)
        {
            return fault.Message.TrimEnd('.');
        }
    }

    /// <summary>
    /// Compiles a pattern that <see cref="Fault"/> found nothing wrong with; null or empty matches everything.
    /// <paramref name="limit"/> is for one path and only for patterns that backtrack.
    /// </summary>
    public static PathPattern Compile(string? pattern, TimeSpan limit)
    {
        var translated = new PythonRegex(pattern ?? "").Translate();
        try
        {
            return new PathPattern(new Regex(translated, RegexOptions.NonBacktracking), backtracks: false);
        }
        catch (NotSupportedException)
        {
            return new PathPattern(new Regex(translated, RegexOptions.None, limit), backtracks: true);
        }
    }

    /// <summary>Whether the path matches; null when the limit passed before it was known.</summary>
    public bool? Matches(string path)
    {
        try
        {
            return _regex.IsMatch(path);
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }
}
