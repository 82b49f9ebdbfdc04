using System.Text;
using System.Text.RegularExpressions;

namespace Cairn.Platform.Triggers.Patterns;

/// <summary>Reads one part of a path pattern: `*`, `?`, `[abc]`, `{name}`, `{name=GLOB}`, `{a,b}`, `\` before any of
/// them.</summary>
internal sealed class PathPartReader
{
    private readonly StringBuilder _regex = new(@"\A");
    private readonly StringBuilder _literal = new();
    private readonly StringBuilder _sample = new();
    private readonly List<string> _captures = [];
    private readonly string _text;
    private bool _isLiteral = true;

    private PathPartReader(string text) => _text = text;

    internal static PathPart Read(string text)
    {
        if (text == "**")
            return new PathPart.Deep(text, null);
        if (text.Length > 5 && text[0] == '{' && text.EndsWith("=**}", StringComparison.Ordinal)
            && text.IndexOf('{', 1) < 0)
            return new PathPart.Deep(text, Named(text[1..^4]));
        var reader = new PathPartReader(text);
        reader.Glob(text);
        return reader._isLiteral
            ? new PathPart.Literal(text, reader._literal.ToString())
            : new PathPart.Glob(
                text,
                new Regex(
                    reader._regex.Append(@"\z").ToString(),
                    RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline),
                reader._captures)
            {
                Sample = reader._sample.ToString(),
            };
    }

    private static string Named(string name) =>
        name.Length > 0 && (char.IsAsciiLetter(name[0]) || name[0] == '_')
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
            ? name
            : throw new PatternException($"has a capture \"{name}\": a name has letters, digits and underscores");

    private void Glob(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\' when i + 1 < text.Length:
                    Take(text[++i]);
                    break;
                case '\\':
                    throw new PatternException("ends with a backslash that escapes nothing");
                case '*':
                    if (i + 1 < text.Length && text[i + 1] == '*')
                        throw new PatternException(
                            $"has ** inside of \"{_text}\": it must stand alone between slashes");
                    Wild("[^/]*", "x");
                    break;
                case '?':
                    Wild("[^/]", "x");
                    break;
                case '[':
                    i = Class(text, i);
                    break;
                case '{':
                    i = Brace(text, i);
                    break;
                default:
                    Take(text[i]);
                    break;
            }
        }
    }

    private void Take(char c)
    {
        _literal.Append(c);
        _sample.Append(c);
        _regex.Append(Regex.Escape(c.ToString()));
    }

    private void Wild(string regex, string sample = "")
    {
        _isLiteral = false;
        _sample.Append(sample);
        _regex.Append(regex);
    }

    private int Class(string text, int start)
    {
        var end = text.IndexOf(']', Math.Min(start + 2, text.Length));
        if (end < 0)
            throw new PatternException($"has an open [ in \"{_text}\"");
        var inner = text[(start + 1)..end];
        var not = inner[0] is '!' or '^';
        var safe = inner[(not ? 1 : 0)..].Replace("\\", @"\\").Replace("[", @"\[");
        Wild($"[{(not ? "^/" : "")}{safe}]", not ? "x" : inner[..1]);
        return end;
    }

    private int Brace(string text, int start)
    {
        var end = text.IndexOf('}', start);
        if (end < 0)
            throw new PatternException($"has an open {{ in \"{_text}\"");
        var inner = text[(start + 1)..end];
        if (inner.Contains(','))
        {
            Wild($"(?:{string.Join('|', inner.Split(',').Select(Regex.Escape))})", inner.Split(',')[0]);
            return end;
        }

        var equals = inner.IndexOf('=');
        var name = Named(equals < 0 ? inner : inner[..equals]);
        if (_captures.Contains(name))
            throw new PatternException($"captures {name} twice");
        _captures.Add(name);
        Wild($"(?<{name}>");
        if (equals < 0)
            Wild("[^/]+", "x");
        else
            Glob(inner[(equals + 1)..]);
        _regex.Append(')');
        return end;
    }
}
