using System.Text.RegularExpressions;

namespace Cairn.Platform.Triggers.Patterns;

/// <summary>
/// A regular expression over a whole name, anchored whether or not it says so (spec/scene-pipelines.md 8.2). Matching
/// takes time linear in the name: look-around and back-references are refused.
/// </summary>
public sealed class NameRegex
{
    private readonly Regex _regex;

    private NameRegex(string written, Regex regex)
    {
        Written = written;
        _regex = regex;
        Captures = [.. regex.GetGroupNames().Where(name => !char.IsAsciiDigit(name[0]))];
    }

    /// <summary>As written.</summary>
    public string Written { get; }

    /// <summary>Named groups, in the order of the text; `(?P&lt;name&gt;…)` is read too.</summary>
    public IReadOnlyList<string> Captures { get; }

    /// <summary>Reads an expression.</summary>
    /// <exception cref="PatternException">It is none, or needs backtracking.</exception>
    public static NameRegex Parse(string text)
    {
        try
        {
            var dotNet = text.Replace("(?P<", "(?<", StringComparison.Ordinal);
            return new NameRegex(text, new Regex(
                $@"\A(?:{dotNet})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant));
        }
        catch (ArgumentException wrong)
        {
            throw new PatternException($"is no regular expression: {wrong.Message.TrimEnd('.')}");
        }
        catch (NotSupportedException)
        {
            throw new PatternException("looks around or back: only what can be matched in one pass is allowed");
        }
    }

    /// <summary>Looks at the whole name.</summary>
    public NameMatch Match(string name)
    {
        var match = _regex.Match(name);
        return match.Success
            ? new NameMatch.Fits([.. Captures.Select(group => KeyValuePair.Create(group, match.Groups[group].Value))])
            : new NameMatch.Misses($"the name does not fit the regular expression {Written}");
    }
}
