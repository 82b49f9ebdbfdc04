using System.Text;
using System.Text.RegularExpressions;
using Cairn.Graphs.Templates.Callables;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Filters;

/// <summary>What urlize does to escaped text. The patterns are matched without backtracking.</summary>
internal sealed class Links(long? limit, string relations, string? target, List<string> schemes)
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.IgnoreCase
        | RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;

    private static readonly Regex Url = new(
        """
        ^(
            (https?://|www\.) (([\w%-]+\.)+)? ([a-z]{2,63}|xn--[\w%]{2,59})
            | ([\w%-]{2,63}\.)+ (com|net|int|edu|gov|org|info|mil)
            | (https?://) ( (([\d]{1,3})(\.[\d]{1,3}){3}) | (\[([\da-f]{0,4}:){2}([\da-f]{0,4}:?){1,6}]) )
        )
        (?::[\d]{1,5})? (?:[/?\#]\S*)? $
        """,
        Options);

    private static readonly Regex Mail = new(@"^\S+@\w[\w.-]*\.\w+$", Options);

    private static readonly (string Open, string Close)[] Brackets = [("(", ")"), ("<", ">"), ("&lt;", "&gt;")];

    public string In(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var end = at;
            var isSpace = StrText.IsSpace(text[at]);
            while (end < text.Length && StrText.IsSpace(text[end]) == isSpace)
                end++;
            result.Append(isSpace ? text[at..end] : Word(text[at..end]));
            at = end;
        }

        return result.ToString();
    }

    private string Word(string word)
    {
        var start = HeadEnd(word);
        var end = TailStart(word, start);
        var middle = word[start..end];
        var tail = word[end..];
        foreach (var (open, close) in Brackets)
        {
            var opened = Count(middle, open);
            if (opened <= Count(middle, close))
                continue;
            for (var moves = Math.Min(opened, Count(tail, close)); moves > 0; moves--)
            {
                var cut = tail.IndexOf(close, StringComparison.Ordinal) + close.Length;
                middle += tail[..cut];
                tail = tail[cut..];
            }
        }

        return string.Concat(word.AsSpan(0, start), Linked(middle), tail);
    }

    private string Linked(string text)
    {
        var extra = $" rel=\"{PyMarkup.EscapeText(relations)}\""
            + (target is null ? "" : $" target=\"{PyMarkup.EscapeText(target)}\"");
        if (Url.IsMatch(text))
        {
            var isFull = text.StartsWith("https://", StringComparison.Ordinal)
                || text.StartsWith("http://", StringComparison.Ordinal);
            return $"<a href=\"{(isFull ? "" : "https://")}{text}\"{extra}>{Trimmed(text)}</a>";
        }

        if (text.StartsWith("mailto:", StringComparison.Ordinal) && Mail.IsMatch(text[7..]))
            return $"<a href=\"{text}\">{text[7..]}</a>";
        if (text.Contains('@') && !text.StartsWith("www.", StringComparison.Ordinal) && !text.Contains(':')
            && Mail.IsMatch(text))
        {
            return $"<a href=\"mailto:{text}\">{text}</a>";
        }

        foreach (var scheme in schemes)
        {
            if (text != scheme && text.StartsWith(scheme, StringComparison.Ordinal))
                text = $"<a href=\"{text}\"{extra}>{text}</a>";
        }

        return text;
    }

    private string Trimmed(string text) =>
        limit is { } most && CodePoints.Count(text) > most
            ? ((PyStr)new PyStr(text).Slice(
                new PySlice(null, most, null), new Fuel(long.MaxValue, long.MaxValue))).Value
                + "..."
            : text;

    private static int HeadEnd(string word)
    {
        var at = 0;
        while (at < word.Length)
        {
            if (word[at] is '(' or '<')
                at++;
            else if (word.AsSpan(at).StartsWith("&lt;"))
                at += 4;
            else
                break;
        }

        return at;
    }

    private static int TailStart(string word, int start)
    {
        var end = word.Length;
        while (end > start)
        {
            if (word[end - 1] is ')' or '>' or '.' or ',' or '\n')
                end--;
            else if (end - start >= 4 && word.AsSpan(start, end - start).EndsWith("&gt;"))
                end -= 4;
            else
                break;
        }

        return end;
    }

    private static int Count(string text, string part) => text.AsSpan().Count(part);
}
