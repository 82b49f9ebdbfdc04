using System.Globalization;

namespace Cairn.Flows.Regexes;

/// <summary>
/// Reads the syntax of RE2. What RE2 does not have (look-around, back-references, possessive and atomic groups) is
/// refused, as there. Scripts (`\p{Greek}`) are refused too: there are no tables of them here.
/// </summary>
internal sealed partial class RegexParser(string pattern)
{
    private const int RepeatLimit = 1000;
    private const int DepthLimit = 250;
    private const int LengthLimit = 1 << 15;
    private const int ShownLength = 40;
    private Flags _flags;
    private int _at;
    private int _depth;

    [Flags]
    private enum Flags
    {
        None = 0,
        FoldsCase = 1,
        ManyLines = 2,
        DotTakesAll = 4,
        Lazy = 8,
    }

    private bool IsAtEnd => _at >= pattern.Length;

    /// <summary>The whole pattern; throws <see cref="RegexFault"/>.</summary>
    public RegexNode Parse()
    {
        if (pattern.Length > LengthLimit)
            throw new RegexFault($"the pattern is longer than {LengthLimit} characters");
        var node = Choice();
        return IsAtEnd ? node : throw new RegexFault("unexpected )");
    }

    private RegexNode Choice()
    {
        if (++_depth > DepthLimit)
            throw new RegexFault($"groups nest deeper than {DepthLimit}");
        List<RegexNode> parts = [Sequence()];
        while (!IsAtEnd && pattern[_at] == '|')
        {
            _at++;
            parts.Add(Sequence());
        }

        _depth--;
        return parts.Count == 1 ? parts[0] : new RegexNode.Choice(parts);
    }

    private RegexNode.Sequence Sequence()
    {
        List<RegexNode> parts = [];
        while (!IsAtEnd && pattern[_at] is not ('|' or ')'))
        {
            var start = _at;
            if (Starts("\\Q"))
            {
                Quoted(parts);
                continue;
            }

            if (pattern[_at] is '*' or '+' or '?' || Bounds(start) is not null)
                throw new RegexFault($"missing argument to repetition operator: {pattern[_at]}");
            if (Atom() is { } atom)
                parts.Add(Repeated(atom));
        }

        return new RegexNode.Sequence(parts);
    }

    private void Quoted(List<RegexNode> parts)
    {
        _at += 2;
        while (!IsAtEnd && !Starts("\\E"))
            parts.Add(new RegexNode.One(Folded(CharSet.Of(Point(), _lastPoint))));
        _at = Math.Min(pattern.Length, _at + 2);
        if (parts.Count > 0 && !IsAtEnd)
        {
            var last = parts[^1];
            parts[^1] = Repeated(last);
        }
    }

    private RegexNode Repeated(RegexNode atom)
    {
        var (start, count) = (_at, 0);
        while (!IsAtEnd)
        {
            var (least, most, length) = pattern[_at] switch
            {
                '*' => (0, -1, 1),
                '+' => (1, -1, 1),
                '?' => (0, 1, 1),
                _ => Bounds(_at) ?? (0, 0, 0),
            };
            if (length == 0)
                break;
            if (++count > 1)
                throw new RegexFault($"bad repetition operator: {Shown(start, _at + length)}");
            _at += length;
            var isLazy = !IsAtEnd && pattern[_at] == '?';
            if (isLazy)
                _at++;
            if (least > RepeatLimit || most > RepeatLimit || (most >= 0 && least > most))
                throw new RegexFault($"bad repetition operator: {Shown(start, _at)}");
            atom = new RegexNode.Repeat(atom, least, most, isLazy == _flags.HasFlag(Flags.Lazy));
        }

        return atom;
    }

    /// <summary>`{n}`, `{n,}` or `{n,m}` at a position, and its length; null when the brace is a plain one.</summary>
    private (int Least, int Most, int Length)? Bounds(int at)
    {
        if (pattern[at] != '{')
            return null;
        var end = pattern.IndexOf('}', at);
        if (end < 0)
            return null;
        var parts = pattern[(at + 1)..end].Split(',');
        if (parts.Length > 2 || !Count(parts[0], out var least))
            return null;
        var most = least;
        if (parts.Length == 2)
        {
            most = -1;
            if (parts[1].Length > 0 && !Count(parts[1], out most))
                return null;
        }

        return (least, most, end - at + 1);
    }

    private static bool Count(string digits, out int count)
    {
        count = 0;
        if (digits.Length == 0 || !digits.All(char.IsAsciiDigit))
            return false;
        count = digits.Length > 6 ? RepeatLimit + 1 : int.Parse(digits, CultureInfo.InvariantCulture);
        return true;
    }

    /// <summary>One thing that may be repeated; null for flags, which are nothing.</summary>
    private RegexNode? Atom()
    {
        switch (pattern[_at])
        {
            case '(':
                return Group();
            case '[':
                return new RegexNode.One(Folded(Class()));
            case '.':
                _at++;
                var any = CharSet.Of(0, 0x10FFFF);
                return new RegexNode.One(_flags.HasFlag(Flags.DotTakesAll) ? any : LineChars());
            case '^':
                _at++;
                return new RegexNode.Place(
                    _flags.HasFlag(Flags.ManyLines) ? PlaceKind.LineStart : PlaceKind.TextStart);
            case '$':
                _at++;
                return new RegexNode.Place(_flags.HasFlag(Flags.ManyLines) ? PlaceKind.LineEnd : PlaceKind.TextEnd);
            case '\\' when PlaceEscape() is { } place:
                _at += 2;
                return new RegexNode.Place(place);
            case '\\':
                return new RegexNode.One(Folded(Escaped(new CharSet())));
            default:
                return new RegexNode.One(Folded(CharSet.Of(Point(), _lastPoint)));
        }
    }

    private static CharSet LineChars() => CharSet.Of(0, '\n' - 1).Add('\n' + 1, 0x10FFFF);

    private PlaceKind? PlaceEscape() => _at + 1 >= pattern.Length ? null : pattern[_at + 1] switch
    {
        'A' => PlaceKind.TextStart,
        'z' => PlaceKind.TextEnd,
        'b' => PlaceKind.WordEdge,
        'B' => PlaceKind.NoWordEdge,
        _ => null,
    };

    private RegexNode? Group()
    {
        var outer = _flags;
        if (!Starts("(?"))
            _at++;
        else if (Starts("(?P<") || (Starts("(?<") && !Starts("(?<=") && !Starts("(?<!")))
            Name();
        else if (ReadFlags())
            return null;
        var inner = Choice();
        if (IsAtEnd)
            throw new RegexFault("missing closing )");
        _at++;
        _flags = outer;
        return inner;
    }

    private void Name()
    {
        var start = pattern.IndexOf('<', _at) + 1;
        var end = pattern.IndexOf('>', start);
        var name = end < 0 ? "" : pattern[start..end];
        if (name.Length == 0 || !name.All(static c => char.IsLetterOrDigit(c) || c == '_'))
            throw new RegexFault($"invalid named capture group: {Shown(_at)}");
        _at = end + 1;
    }

    /// <summary>`(?flags)`, which holds to the end of the group around, gives true; `(?flags:` false.</summary>
    private bool ReadFlags()
    {
        var start = _at;
        _at += 2;
        var (flags, isOff) = (_flags, false);
        for (; !IsAtEnd; _at++)
        {
            var flag = pattern[_at] switch
            {
                'i' => Flags.FoldsCase,
                'm' => Flags.ManyLines,
                's' => Flags.DotTakesAll,
                'U' => Flags.Lazy,
                _ => Flags.None,
            };
            if (flag == Flags.None && pattern[_at] == '-' && !isOff)
                isOff = true;
            else if (flag != Flags.None)
                flags = isOff ? flags & ~flag : flags | flag;
            else
                break;
        }

        if (IsAtEnd || pattern[_at] is not (':' or ')'))
            throw new RegexFault($"invalid or unsupported Perl syntax: {Shown(start, _at + 1)}");
        _flags = flags;
        return pattern[_at++] == ')';
    }

    private CharSet Folded(CharSet set)
    {
        set.FoldsCase |= _flags.HasFlag(Flags.FoldsCase);
        return set;
    }

    /// <summary>A part of the pattern for a message.</summary>
    private string Shown(int start, int end = int.MaxValue) =>
        pattern[start..Math.Min(Math.Min(end, start + ShownLength), pattern.Length)];

    private bool Starts(string text) => pattern.AsSpan(_at).StartsWith(text);
}
