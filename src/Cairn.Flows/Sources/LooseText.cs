namespace Cairn.Flows.Sources;

/// <summary>
/// The lenient reading of a source before YAML sees it (T01): an unquoted <c>${…}</c> that YAML would tear apart is
/// put in single quotes.
/// </summary>
internal sealed class LooseText
{
    private readonly string _text;
    private readonly TextEdits _edits;
    private int _at;

    /// <summary>Whether the line before ended with a key or a dash, so that a value begins on this one.</summary>
    private bool _isValueDue;

    private LooseText(string text)
    {
        _text = text;
        _edits = new TextEdits(text);
    }

    /// <summary>The edits that a source needs; none for most.</summary>
    public static TextEdits Edit(string text)
    {
        var loose = new LooseText(text);
        while (loose._at < text.Length)
            loose.Line();
        return loose._edits;
    }

    /// <summary>Takes one line, and all lines of a value that it begins.</summary>
    private void Line()
    {
        var start = _at;
        var end = LineEnd(start);
        var at = SkipSpaces(start, end);
        var indent = at - start;
        if (at == end || _text[at] == '#')
        {
            _at = Next(end);
            return;
        }

        var isDue = _isValueDue;
        _isValueDue = false;
        while (at < end && _text[at] == '-' && (at + 1 == end || _text[at + 1] is ' ' or '\t'))
        {
            at = SkipSpaces(at + 1, end);
            isDue = true;
        }

        if (KeyEnd(at, end) is { } behind)
        {
            at = SkipSpaces(behind, end);
            isDue = true;
        }

        if (at == end || _text[at] == '#')
            _isValueDue = isDue;
        else if (isDue)
        {
            Value(at, end, indent);
            return;
        }

        _at = Next(end);
    }

    private void Value(int at, int end, int indent)
    {
        switch (_text[at])
        {
            case '|' or '>':
                SkipBlock(end, indent);
                break;
            case '"' or '\'':
                _at = Next(LineEnd(SkipQuoted(at)));
                break;
            case '[' or '{':
                _at = Next(LineEnd(SkipCollection(at)));
                break;
            case '$' when at + 1 < end && _text[at + 1] == '{':
                Expression(at, end);
                break;
            default:
                _at = Next(end);
                break;
        }
    }

    private void Expression(int at, int end)
    {
        var behind = ExpressionEnd(at, end);
        _at = Next(LineEnd(Math.Max(behind, at)));
        if (behind < 0 || !IsLast(behind))
            return;
        var span = new SourceSpan(at, behind - at);
        var raw = _text.AsSpan(at, span.Length);
        if (NeedsQuotes(raw))
            _edits.Replace(span, $"'{Folded(raw).Replace("'", "''")}'");
    }

    /// <summary>Just behind the brace that closes the expression, or -1.</summary>
    private int ExpressionEnd(int at, int end)
    {
        var exact = Matching(at, escapesTwice: false);
        if (exact >= 0 && IsLast(exact))
            return exact;
        // Authors write the escapes of a double-quoted scalar into a plain one.
        var loose = Matching(at, escapesTwice: true);
        if (loose >= 0 && IsLast(loose))
            return loose;
        var last = _text.AsSpan(at, end - at).LastIndexOf('}');
        return last < 0 ? exact : at + last + 1;
    }

    private int Matching(int at, bool escapesTwice)
    {
        var depth = 0;
        for (var i = at + 1; i < _text.Length; i++)
        {
            switch (_text[i])
            {
                case '{':
                    depth++;
                    break;
                case '}' when --depth == 0:
                    return i + 1;
                case '"' or '\'':
                    i = StringEnd(i, escapesTwice);
                    if (i < 0)
                        return -1;
                    break;
            }
        }

        return -1;
    }

    private int StringEnd(int at, bool escapesTwice)
    {
        var quote = _text[at];
        for (var i = at + 1; i < _text.Length; i++)
        {
            if (_text[i] == quote)
                return i;
            if (_text[i] == '\n')
                return -1;
            if (_text[i] != '\\')
                continue;
            var isDouble = escapesTwice && i + 2 < _text.Length && _text[i + 1] == '\\' && _text[i + 2] == quote;
            i += isDouble ? 2 : 1;
        }

        return -1;
    }

    /// <summary>Whether nothing but a comment follows on the line.</summary>
    private bool IsLast(int behind)
    {
        var end = LineEnd(behind);
        var at = SkipSpaces(behind, end);
        return at == end || (_text[at] == '#' && at > behind);
    }

    private static bool NeedsQuotes(ReadOnlySpan<char> raw) =>
        raw.Contains(": ", StringComparison.Ordinal)
        || raw.Contains(":\n", StringComparison.Ordinal)
        || raw.Contains(" #", StringComparison.Ordinal)
        || raw.ContainsAny('\n', '\r')
        || raw[2..].Contains('{')
        || raw[2..].TrimStart() is ['!' or '?', ..];

    private static string Folded(ReadOnlySpan<char> raw)
    {
        if (!raw.ContainsAny('\n', '\r'))
            return raw.ToString();
        var lines = raw.ToString().Split('\n');
        for (var i = 1; i < lines.Length; i++)
            lines[i] = lines[i].TrimStart();
        for (var i = 0; i < lines.Length - 1; i++)
            lines[i] = lines[i].TrimEnd();
        return string.Join(' ', lines);
    }

    /// <summary>Just behind the colon of a key that begins at an offset; null when there is none on the line.</summary>
    private int? KeyEnd(int at, int end)
    {
        if (at >= end || _text[at] is '$' or '[' or '{' or '|' or '>' or '&' or '*' or '!')
            return null;
        var i = at;
        if (_text[at] is '"' or '\'')
        {
            i = SkipQuoted(at);
            if (i >= end)
                return null;
            i = SkipSpaces(i, end);
            return i < end && _text[i] == ':' && IsGap(i + 1, end) ? i + 1 : null;
        }

        for (; i < end; i++)
        {
            if (_text[i] == ':' && IsGap(i + 1, end))
                return i + 1;
            if (_text[i] == '#' && i > at && _text[i - 1] is (' ' or '\t'))
                return null;
        }

        return null;
    }

    private bool IsGap(int at, int end) => at >= end || _text[at] is ' ' or '\t';

    private void SkipBlock(int end, int indent)
    {
        _at = Next(end);
        while (_at < _text.Length)
        {
            var lineEnd = LineEnd(_at);
            var first = SkipSpaces(_at, lineEnd);
            if (first < lineEnd && first - _at <= indent)
                return;
            _at = Next(lineEnd);
        }
    }

    private int SkipQuoted(int at)
    {
        var quote = _text[at];
        for (var i = at + 1; i < _text.Length; i++)
        {
            if (quote == '"' && _text[i] == '\\')
                i++;
            else if (_text[i] == quote)
                return i + 1;
        }

        return _text.Length;
    }

    private int SkipCollection(int at)
    {
        var depth = 0;
        for (var i = at; i < _text.Length; i++)
        {
            switch (_text[i])
            {
                case '[' or '{':
                    depth++;
                    break;
                case ']' or '}' when --depth == 0:
                    return i + 1;
                case '"' or '\'' when i == at || _text[i - 1] is ' ' or ',' or '[' or '{' or ':' or '\n' or '(':
                    i = SkipQuoted(i) - 1;
                    break;
            }
        }

        return _text.Length;
    }

    private int SkipSpaces(int at, int end)
    {
        while (at < end && _text[at] is (' ' or '\t'))
            at++;
        return Math.Min(at, end);
    }

    private int LineEnd(int at)
    {
        if (at >= _text.Length)
            return _text.Length;
        var found = _text.AsSpan(at).IndexOf('\n');
        var end = found < 0 ? _text.Length : at + found;
        return end > at && _text[end - 1] == '\r' ? end - 1 : end;
    }

    private int Next(int lineEnd)
    {
        var at = lineEnd;
        if (at < _text.Length && _text[at] == '\r')
            at++;
        return at < _text.Length && _text[at] == '\n' ? at + 1 : Math.Max(at, lineEnd + (at == lineEnd ? 1 : 0));
    }
}
