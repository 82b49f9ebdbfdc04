using System.Globalization;
using System.Text;

namespace Cairn.Graphs.Regexes;

/// <summary>
/// Rewrites a regex of Python's `re` for .NET, anchored at the start. Groups become numbered in order of their opening,
/// as Python numbers them; what only one of the two accepts is rewritten or refused.
/// </summary>
internal sealed class PythonRegex(string pattern)
{
    private readonly StringBuilder _result = new(pattern.Length + 8);
    private readonly SortedDictionary<string, int> _names = new(StringComparer.Ordinal);
    private int _at;
    private int _groups;
    private bool _ascii;

    /// <summary>The .NET pattern; throws <see cref="RegexFault"/>.</summary>
    public string Translate()
    {
        var flags = LeadingFlags();
        while (_at < pattern.Length)
            Step();
        var body = _result.ToString();
        // A verbose pattern may end in a comment, which must not swallow our bracket.
        return flags.Contains('x', StringComparison.Ordinal) ? $@"\A(?{flags}:{body}{"\n"})" : $@"\A(?{flags}:{body})";
    }

    private string LeadingFlags()
    {
        var flags = new StringBuilder();
        while (Rest().StartsWith("(?") && Rest().Length > 2 && "aiLmsux".Contains(Rest()[2], StringComparison.Ordinal))
        {
            var end = pattern.IndexOfAny([')', ':', '-'], _at);
            if (end < 0 || pattern[end] != ')')
                break;
            foreach (var flag in pattern[(_at + 2)..end])
                Flag(flag, flags);
            _at = end + 1;
        }

        return flags.ToString();
    }

    private void Flag(char flag, StringBuilder flags)
    {
        if (flag == 'L')
            throw new RegexFault("cannot use LOCALE flag with a str pattern");
        if (!"aimsux".Contains(flag, StringComparison.Ordinal))
            throw new RegexFault($"unknown flag {flag}");
        _ascii |= flag == 'a';
        if (flag is not ('a' or 'u'))
            flags.Append(flag);
    }

    private ReadOnlySpan<char> Rest() => pattern.AsSpan(_at);

    private void Step()
    {
        switch (pattern[_at])
        {
            case '\\':
                Escape(inClass: false);
                break;
            case '[':
                Class();
                break;
            case '(':
                Group();
                break;
            case '{' when Rest().StartsWith("{,") && IsUpperBound():
                _result.Append("{0,");
                _at += 2;
                break;
            default:
                _result.Append(pattern[_at++]);
                break;
        }
    }

    private bool IsUpperBound()
    {
        var end = pattern.IndexOf('}', _at);
        return end > _at + 2 && pattern[(_at + 2)..end].All(char.IsAsciiDigit);
    }

    private void Group()
    {
        var rest = Rest();
        if (rest.StartsWith("(?P<"))
        {
            var name = Name(_at + 4, '>');
            if (!_names.TryAdd(name, ++_groups))
                throw new RegexFault($"redefinition of group name '{name}'");
            _result.Append('(');
            _at += name.Length + 5;
        }
        else if (rest.StartsWith("(?P="))
        {
            var name = Name(_at + 4, ')');
            _result.Append("(?:\\").Append(Number(name)).Append(')');
            _at += name.Length + 5;
        }
        else if (rest.StartsWith("(?("))
        {
            var end = pattern.IndexOf(')', _at);
            var name = end < 0 ? throw new RegexFault("missing )") : pattern[(_at + 3)..end];
            _result.Append("(?(").Append(Number(name)).Append(')');
            _at = end + 1;
        }
        else if (rest.StartsWith("(?#"))
        {
            var end = pattern.IndexOf(')', _at);
            _at = end < 0 ? throw new RegexFault("missing ), unterminated comment") : end + 1;
        }
        else if (rest.StartsWith("(?"))
        {
            Extension(rest);
        }
        else
        {
            _groups++;
            _result.Append('(');
            _at++;
        }
    }

    /// <summary>`(?:`, look-around, `(?>` and flags for a part.</summary>
    private void Extension(ReadOnlySpan<char> rest)
    {
        foreach (var opening in (string[])["(?:", "(?=", "(?!", "(?<=", "(?<!", "(?>"])
        {
            if (!rest.StartsWith(opening))
                continue;
            _result.Append(opening);
            _at += opening.Length;
            return;
        }

        var end = pattern.IndexOfAny([':', ')'], _at);
        var flags = end < 0 ? throw new RegexFault("missing )") : pattern[(_at + 2)..end];
        if (flags.Length == 0 || flags.Any(flag => !"aiLmsux-".Contains(flag, StringComparison.Ordinal)))
            throw new RegexFault($"unknown extension ?{(flags.Length > 0 ? flags[..1] : "")} at position {_at}");
        if (pattern[end] == ')')
            throw new RegexFault($"global flags not at the start of the expression at position {_at}");
        _result.Append("(?").Append(flags.Replace("a", "", StringComparison.Ordinal)
            .Replace("u", "", StringComparison.Ordinal)).Append(':');
        _at = end + 1;
    }

    private string Name(int start, char close)
    {
        var end = pattern.IndexOf(close, start);
        if (end < 0)
            throw new RegexFault($"missing {close}, unterminated name");
        var name = pattern[start..end];
        var wellFormed = name.Length > 0 && !char.IsDigit(name[0])
            && name.All(c => char.IsLetterOrDigit(c) || c == '_');
        return wellFormed ? name : throw new RegexFault($"bad character in group name '{name}'");
    }

    private string Number(string name)
    {
        if (name.Length > 0 && name.All(char.IsAsciiDigit))
            return name;
        return _names.TryGetValue(name, out var number)
            ? number.ToString(CultureInfo.InvariantCulture)
            : throw new RegexFault($"unknown group name '{name}'");
    }

    private void Class()
    {
        _result.Append('[');
        _at++;
        if (_at < pattern.Length && pattern[_at] == '^')
            _result.Append(pattern[_at++]);
        for (var first = true; ; first = false)
        {
            if (_at >= pattern.Length)
                throw new RegexFault("unterminated character set");
            var c = pattern[_at];
            if (c == ']' && !first)
                break;
            if (c == '\\')
            {
                Escape(inClass: true);
                continue;
            }

            // A bracket inside a set would start a subtraction in .NET.
            if (c is '[' or ']')
                _result.Append('\\');
            _result.Append(c);
            _at++;
        }

        _result.Append(']');
        _at++;
    }

    private void Escape(bool inClass)
    {
        if (_at + 1 >= pattern.Length)
            throw new RegexFault("bad escape (end of pattern)");
        var c = pattern[_at + 1];
        switch (c)
        {
            case 'x' or 'u' or 'U':
                Code(c == 'x' ? 2 : c == 'u' ? 4 : 8, inClass);
                return;
            case 'Z' when !inClass:
                _result.Append("\\z");
                break;
            case 'd' or 'w' or 's' when _ascii:
                _result.Append(AsciiClass(c, inClass));
                break;
            case 'A' or 'b' or 'B' when !inClass:
            case 'b' or 'd' or 'D' or 's' or 'S' or 'w' or 'W' or 'a' or 'f' or 'n' or 'r' or 't' or 'v':
                _result.Append('\\').Append(c);
                break;
            case (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'):
                throw new RegexFault($"bad escape \\{c} at position {_at}");
            case >= '1' and <= '9' when !inClass && int.Parse(Rest()[1..2]) > _groups:
                throw new RegexFault($"invalid group reference {c} at position {_at + 1}");
            default:
                _result.Append('\\').Append(c);
                break;
        }

        _at += 2;
    }

    private static string AsciiClass(char c, bool inClass)
    {
        var body = c switch { 'd' => "0-9", 'w' => "a-zA-Z0-9_", _ => @" \t\n\r\f\v" };
        return inClass ? body : $"[{body}]";
    }

    private void Code(int digits, bool inClass)
    {
        var hex = Rest().Length >= 2 + digits ? pattern.Substring(_at + 2, digits) : "";
        var isCode = uint.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code);
        if (!isCode || code > 0x10FFFF)
        {
            var shown = Rest()[..Math.Min(2 + digits, Rest().Length)];
            throw new RegexFault($"incomplete escape {shown} at position {_at}");
        }

        if (code <= 0xFFFF)
            _result.Append($"\\u{code:x4}");
        else if (inClass)
            throw new RegexFault("a character beyond U+FFFF cannot stand in a set here");
        else
            _result.Append("(?:").Append(char.ConvertFromUtf32((int)code)).Append(')');
        _at += 2 + digits;
    }
}
