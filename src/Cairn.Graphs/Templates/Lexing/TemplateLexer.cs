using Cairn.Graphs.Templates.Callables;

namespace Cairn.Graphs.Templates.Lexing;

/// <summary>
/// Splits a template into text and tags. The rules, their order and the trimming are those of Jinja's lexer with
/// its default settings; one trailing newline of the source is dropped.
/// </summary>
internal sealed class TemplateLexer
{
    private readonly string source;
    private readonly List<Token> tokens = [];
    private int at;
    private int line = 1;
    private int lineStart;

    private TemplateLexer(string source) => this.source = source;

    public static List<Token> Tokens(string template)
    {
        var normal = template.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        var lexer = new TemplateLexer(normal.EndsWith('\n') ? normal[..^1] : normal);
        lexer.Text();

        // The end is where the last token began: comments behind it do not count.
        var last = lexer.tokens.Count > 0 ? lexer.tokens[^1].Place : new Place(1, 1);
        lexer.tokens.Add(new Token(TokenKind.End, "", last));
        return lexer.tokens;
    }

    private Place Here => new(line, at - lineStart + 1);

    private void Text()
    {
        while (at < source.Length)
        {
            var begin = NextTag();
            if (begin < 0)
            {
                Data(source.Length, strip: false);
                return;
            }

            var sign = begin + 2 < source.Length && source[begin + 2] is '-' or '+' ? source[begin + 2] : ' ';
            Data(begin, sign == '-');
            var kind = source[begin + 1];
            if (kind == '%' && RawBegin(begin) is >= 0 and var rawStart)
            {
                Advance(rawStart);
                if (!Raw())
                    return;
                continue;
            }

            var place = Here;
            Advance(begin + (sign == ' ' ? 2 : 3));
            var going = kind switch
            {
                '#' => Comment(),
                '%' => Tag(place, TokenKind.BlockBegin, TokenKind.BlockEnd, "%}"),
                _ => Tag(place, TokenKind.VariableBegin, TokenKind.VariableEnd, "}}"),
            };
            if (!going)
                return;
        }
    }

    private int NextTag()
    {
        for (var i = at; i + 1 < source.Length; i++)
        {
            i = source.IndexOf('{', i);
            if (i < 0 || i + 1 >= source.Length)
                return -1;
            if (source[i + 1] is '{' or '%' or '#')
                return i;
        }

        return -1;
    }

    private void Data(int end, bool strip)
    {
        var stop = end;
        while (strip && stop > at && StrText.IsSpace(source[stop - 1]))
            stop--;
        if (stop > at)
            tokens.Add(new Token(TokenKind.Data, source[at..stop], Here));
        Advance(end);
    }

    /// <summary>The end of a <c>{% raw %}</c> that begins here, or -1.</summary>
    private int RawBegin(int begin)
    {
        var i = begin + 2;
        if (i < source.Length && source[i] is '-' or '+')
            i++;
        i = SkipSpace(i);
        if (!source.AsSpan(i).StartsWith("raw"))
            return -1;
        i = SkipSpace(i + 3);
        if (source.AsSpan(i).StartsWith("-%}"))
            return SkipSpace(i + 3);
        return source.AsSpan(i).StartsWith("%}") ? i + 2 : -1;
    }

    private bool Raw()
    {
        for (var i = at; (i = source.IndexOf("{%", i, StringComparison.Ordinal)) >= 0; i++)
        {
            var j = i + 2;
            var sign = j < source.Length && source[j] is '-' or '+' ? source[j++] : ' ';
            j = SkipSpace(j);
            if (!source.AsSpan(j).StartsWith("endraw"))
                continue;
            var end = CloseOf("%}", SkipSpace(j + 6), plus: true);
            if (end < 0)
                continue;
            Data(i, sign == '-');
            Advance(end);
            return true;
        }

        return Fail("Missing end of raw directive");
    }

    private bool Comment()
    {
        var close = source.IndexOf("#}", at, StringComparison.Ordinal);
        if (close < 0)
            return Fail("Missing end of comment tag");
        var trims = close > at && source[close - 1] == '-';
        Advance(trims ? SkipSpace(close + 2) : close + 2);
        return true;
    }

    /// <summary>An unfinished comment or raw block at the very end of the source is no error in the original.</summary>
    private bool Fail(string message)
    {
        if (at < source.Length)
            tokens.Add(new Token(TokenKind.Error, message, Here));
        return false;
    }

    private bool Tag(Place place, TokenKind begin, TokenKind end, string close)
    {
        tokens.Add(new Token(begin, source[(at - 2)..at], place));
        var open = new Stack<char>();
        while (true)
        {
            if (open.Count == 0 && CloseOf(close, at, plus: close == "%}") is >= 0 and var closed)
            {
                tokens.Add(new Token(end, close, Here));
                Advance(closed);
                return true;
            }

            if (at >= source.Length)
                return false;
            if (StrText.IsSpace(source[at]))
            {
                Advance(SkipSpace(at));
                continue;
            }

            var token = TagLexer.Next(source, at, Here, open, out var next);
            tokens.Add(token);
            if (token.Kind == TokenKind.Error)
                return false;
            Advance(next);
        }
    }

    /// <summary>Where the text after a closing tag begins, or -1: <c>-</c> before it eats white space.</summary>
    private int CloseOf(string close, int i, bool plus)
    {
        if (i >= source.Length)
            return -1;
        var sign = source[i] == '-' || (plus && source[i] == '+') ? 1 : 0;
        if (!source.AsSpan(i + sign).StartsWith(close))
            return -1;
        return source[i] == '-' ? SkipSpace(i + sign + 2) : i + sign + 2;
    }

    private int SkipSpace(int i)
    {
        while (i < source.Length && StrText.IsSpace(source[i]))
            i++;
        return i;
    }

    private void Advance(int to)
    {
        for (; at < to; at++)
        {
            if (source[at] != '\n')
                continue;
            line++;
            lineStart = at + 1;
        }
    }
}
