using System.Text;
using Cairn.Flows.Regexes;
using Cairn.Flows.Values;
using static Cairn.Flows.Library.Signatures;

namespace Cairn.Flows.Library.Functions;

/// <summary>`text.*` but for coding (spec/workflows.md 3.1). Positions are code points.</summary>
internal static class TextFunctions
{
    private static readonly CallParameter Source = Needs("source", FlowKind.String);
    private static readonly CallParameter Part = Needs("substr", FlowKind.String);
    private static readonly CallParameter Pattern = Needs("regexp", FlowKind.String);
    private static readonly CallParameter Replacement = Needs("repl", FlowKind.String);

    public static PureFunction[] All { get; } =
    [
        Pure("text.find_all", Marking.Scalars, [Source, Part], FindAll),
        Pure("text.find_all_regex", Marking.Scalars, [Source, Pattern], FindAllRegex),
        Pure("text.match_regex", Marking.Scalars, [Source, Pattern], MatchRegex),
        Pure("text.replace_all", Marking.Scalars, [Source, Part, Replacement], ReplaceAll),
        Pure("text.replace_all_regex", Marking.Scalars, [Source, Pattern, Replacement], ReplaceAllRegex),
        Pure("text.split", Marking.Scalars, [Source, Needs("separator", FlowKind.String)], Split),
        Pure(
            "text.substring", Marking.Scalars,
            [Source, Needs("start", FlowKind.Integer), Needs("end", FlowKind.Integer)], Substring),
        Pure("text.to_lower", Marking.Scalars, [Source], static (in a) => FlowValue.Of(a.Text(0).ToLowerInvariant())),
        Pure("text.to_upper", Marking.Scalars, [Source], static (in a) => FlowValue.Of(a.Text(0).ToUpperInvariant())),
    ];

    private static FlowValue FindAll(scoped in Arguments a)
    {
        var (source, part) = (a.Text(0), a.Text(1));
        var offsets = new ListBuilder(a.Evaluation);
        var (point, last) = (0L, 0);
        foreach (var at in Places(source, part))
        {
            point += CodePoints.Count(source.AsSpan(last, at - last));
            last = at;
            offsets.Add(FlowValue.Of(point));
        }

        return offsets.ToValue();
    }

    private static FlowValue FindAllRegex(scoped in Arguments a)
    {
        var source = a.Text(0);
        var matches = new ListBuilder(a.Evaluation);
        var (point, last) = (0L, 0);
        foreach (var (start, end) in Regex(a).Matches(source, isLongest: false, a.Evaluation))
        {
            point += CodePoints.Count(source.AsSpan(last, start - last));
            last = start;
            matches.Add(FlowValue.Of(FlowMap.Of(
                ("index", FlowValue.Of(point)), ("match", FlowValue.Of(source[start..end])))));
        }

        return matches.ToValue();
    }

    private static FlowValue MatchRegex(scoped in Arguments a) =>
        FlowValue.Of(Regex(a).IsMatch(a.Text(0), a.Evaluation));

    private static FlowRegex Regex(scoped in Arguments a)
    {
        try
        {
            return FlowRegex.Of(a.Text(1));
        }
        catch (RegexFault fault)
        {
            throw a.Refused($"{fault.Message} in the pattern");
        }
    }

    private static FlowValue ReplaceAll(scoped in Arguments a)
    {
        var (source, part, replacement) = (a.Text(0), a.Text(1), a.Text(2));
        return Replace(a, source, replacement, Places(source, part).Select(at => (at, at + part.Length)));
    }

    private static FlowValue ReplaceAllRegex(scoped in Arguments a)
    {
        var (source, replacement) = (a.Text(0), a.Text(2));
        return Replace(a, source, replacement, Regex(a).Matches(source, isLongest: true, a.Evaluation));
    }

    private static FlowValue Replace(
        scoped in Arguments a, string source, string replacement, IEnumerable<(int Start, int End)> matches)
    {
        var text = new StringBuilder(source.Length);
        var last = 0;
        foreach (var (start, end) in matches)
        {
            text.Append(source, last, start - last).Append(replacement);
            last = end;
            a.Evaluation.Spend(replacement.Length + 1);
            FlowBounds.CheckLength(text.Length);
        }

        text.Append(source, last, source.Length - last);
        FlowBounds.CheckLength(text.Length);
        return FlowValue.Of(text.ToString());
    }

    /// <summary>Where a part stands, from the left, none overlapping; an empty one before each code point and behind
    /// the last.</summary>
    private static IEnumerable<int> Places(string source, string part)
    {
        if (part.Length > 0)
        {
            for (var at = 0; (at = source.IndexOf(part, at, StringComparison.Ordinal)) >= 0; at += part.Length)
                yield return at;
            yield break;
        }

        for (var at = 0; at < source.Length; at += char.IsSurrogatePair(source, at) ? 2 : 1)
            yield return at;
        yield return source.Length;
    }

    private static FlowValue Split(scoped in Arguments a)
    {
        var (source, separator) = (a.Text(0), a.Text(1));
        var parts = new ListBuilder(a.Evaluation);
        if (separator.Length == 0)
        {
            foreach (var rune in source.EnumerateRunes())
                parts.Add(FlowValue.Of(rune.ToString()));
            return parts.ToValue();
        }

        var last = 0;
        foreach (var at in Places(source, separator))
        {
            parts.Add(FlowValue.Of(source[last..at]));
            last = at + separator.Length;
        }

        parts.Add(FlowValue.Of(source[last..]));
        return parts.ToValue();
    }

    private static FlowValue Substring(scoped in Arguments a)
    {
        var (source, start, end) = (a.Text(0), a.Integer(1), a.Integer(2));
        var from = start < 0 ? -1 : CodePoints.Offset(source, start);
        var to = end < start ? -1 : CodePoints.Offset(source, end);
        if (from < 0 || to < 0)
        {
            throw a.Refused(
                $"{start} to {end} is no part of a string of {CodePoints.Count(source)} characters");
        }

        return FlowValue.Of(source[from..to]);
    }
}
