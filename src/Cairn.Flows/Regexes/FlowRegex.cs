using System.Collections.Concurrent;
using Cairn.Flows.Expressions;

namespace Cairn.Flows.Regexes;

/// <summary>
/// Regular expressions as the language has them (spec/workflows.md 3.1): the syntax of RE2, linear time, code points,
/// ASCII classes. Searching takes the match that the pattern prefers, as RE2 does; replacing the longest that starts
/// furthest left. An empty match right behind the match before it does not count.
/// </summary>
internal sealed class FlowRegex
{
    private const int CacheSize = 256;

    // Patterns are nearly always constants of a flow. What is in the cache changes only how long a call takes.
    private static readonly ConcurrentDictionary<string, FlowRegex> Cache = new(StringComparer.Ordinal);
    private readonly RegexProgram _program;

    private FlowRegex(RegexProgram program) => _program = program;

    /// <summary>The compiled pattern; throws <see cref="RegexFault"/>.</summary>
    public static FlowRegex Of(string pattern)
    {
        if (Cache.TryGetValue(pattern, out var known))
            return known;
        var regex = new FlowRegex(RegexProgram.Compile(pattern));
        if (Cache.Count >= CacheSize)
            Cache.Clear();
        Cache[pattern] = regex;
        return regex;
    }

    public bool IsMatch(string text, Evaluation evaluation) =>
        new RegexMatcher(_program, text, evaluation).Find(0, isLongest: false) is not null;

    /// <summary>All matches, left to right, as UTF-16 positions.</summary>
    public IEnumerable<(int Start, int End)> Matches(string text, bool isLongest, Evaluation evaluation)
    {
        var matcher = new RegexMatcher(_program, text, evaluation);
        var (from, last) = (0, -1);
        while (from <= text.Length && matcher.Find(from, isLongest) is var (start, end))
        {
            if (end > start || start != last)
                yield return (start, end);
            last = end;
            from = end > start ? end : end + (end < text.Length && char.IsSurrogatePair(text, end) ? 2 : 1);
        }
    }
}
