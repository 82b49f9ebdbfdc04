using System.Globalization;

namespace Cairn.Flows.Regexes;

internal sealed partial class RegexParser
{
    private int _lastPoint;

    /// <summary>The code point here, which is kept in the field too.</summary>
    private int Point()
    {
        _lastPoint = char.IsSurrogatePair(pattern, _at) ? char.ConvertToUtf32(pattern, _at) : pattern[_at];
        _at += _lastPoint > 0xFFFF ? 2 : 1;
        return _lastPoint;
    }

    /// <summary>`[a-z\d[:alpha:]]`.</summary>
    private CharSet Class()
    {
        var start = _at++;
        var set = new CharSet();
        if (!IsAtEnd && pattern[_at] == '^')
        {
            set.IsNegated = true;
            _at++;
        }

        for (var isFirst = true; ; isFirst = false)
        {
            if (IsAtEnd)
                throw new RegexFault($"missing closing ]: {Shown(start)}");
            if (pattern[_at] == ']' && !isFirst)
                break;
            if (Starts("[:") && PosixName() is { } end)
                Posix(set, end);
            else if (pattern[_at] == '\\' && IsClassEscape())
                Escaped(set);
            else
                Range(set);
        }

        _at++;
        return set;
    }

    private int? PosixName() =>
        pattern.IndexOf(":]", _at + 2, StringComparison.Ordinal) is var end and > 0 ? end : null;

    private void Posix(CharSet set, int end)
    {
        var name = pattern[(_at + 2)..end];
        var isNegated = name.StartsWith('^');
        var ranges = CharClasses.Posix(isNegated ? name[1..] : name)
            ?? throw new RegexFault($"invalid character class range: [:{name}:]");
        set.Add(ranges, isNegated);
        _at = end + 2;
    }

    private bool IsClassEscape() =>
        _at + 1 < pattern.Length && (char.ToLowerInvariant(pattern[_at + 1]) is 'd' or 's' or 'w' or 'p');

    private void Range(CharSet set)
    {
        var start = _at;
        var first = ClassPoint();
        var last = first;
        if (_at + 1 < pattern.Length && pattern[_at] == '-' && pattern[_at + 1] != ']')
        {
            _at++;
            if (pattern[_at] == '\\' && IsClassEscape())
                throw new RegexFault($"invalid character class range: {Shown(start, _at + 2)}");
            last = ClassPoint();
        }

        if (last < first)
            throw new RegexFault($"invalid character class range: {Shown(start, _at)}");
        set.Add(first, last);
    }

    private int ClassPoint() => pattern[_at] == '\\' ? EscapedPoint() : Point();

    /// <summary>An escape outside of a place: a class or one code point.</summary>
    private CharSet Escaped(CharSet set)
    {
        if (_at + 1 >= pattern.Length)
            throw new RegexFault("trailing \\ at the end of the pattern");
        var letter = pattern[_at + 1];
        if (CharClasses.Perl(char.ToLowerInvariant(letter)) is { } ranges)
        {
            _at += 2;
            return set.Add(ranges, char.IsAsciiLetterUpper(letter));
        }

        if (letter is 'p' or 'P')
            return Unicode(set);
        var point = EscapedPoint();
        return set.Add(point, point);
    }

    private CharSet Unicode(CharSet set)
    {
        var start = _at;
        var isNegated = pattern[_at + 1] == 'P';
        _at += 2;
        string name;
        if (Starts("{"))
        {
            var end = pattern.IndexOf('}', _at);
            name = end < 0 ? "" : pattern[(_at + 1)..end];
            _at = end < 0 ? pattern.Length : end + 1;
        }
        else
        {
            name = IsAtEnd ? "" : pattern[_at++].ToString();
        }

        if (name.StartsWith('^'))
            (name, isNegated) = (name[1..], !isNegated);
        var categories = CharClasses.Unicode(name) ?? throw new RegexFault(
            $"invalid character class range: {Shown(start, _at)} (general categories are known, scripts are not)");
        return set.Add(categories, isNegated);
    }

    private int EscapedPoint()
    {
        var start = _at;
        if (_at + 1 >= pattern.Length)
            throw new RegexFault("trailing \\ at the end of the pattern");
        var letter = pattern[_at + 1];
        _at += 2;
        switch (letter)
        {
            case 'a':
                return '\a';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'v':
                return '\v';
            case 'x':
                return Hex(start);
            case '0':
            case >= '1' and <= '7' when !IsAtEnd && pattern[_at] is >= '0' and <= '7':
                return Octal(letter - '0');
            case < '\x80' when !char.IsAsciiLetterOrDigit(letter) && letter != '_':
                return letter;
            default:
                throw new RegexFault($"invalid escape sequence: {Shown(start, _at)}");
        }
    }

    private int Octal(int value)
    {
        for (var digits = 1; digits < 3 && !IsAtEnd && pattern[_at] is >= '0' and <= '7'; digits++)
            value = (value * 8) + (pattern[_at++] - '0');
        return value;
    }

    private int Hex(int start)
    {
        var end = Starts("{") ? pattern.IndexOf('}', _at) : Math.Min(_at + 2, pattern.Length);
        var digits = end < 0 ? "" : pattern[_at..end].TrimStart('{');
        var isKnown = int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value);
        if (!isKnown || value is < 0 or > 0x10FFFF || (!Starts("{") && digits.Length < 2))
            throw new RegexFault($"invalid escape sequence: {Shown(start, end < 0 ? pattern.Length : end)}");
        _at = Starts("{") ? end + 1 : end;
        return value;
    }
}
