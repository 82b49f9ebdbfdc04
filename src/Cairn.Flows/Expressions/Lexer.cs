using System.Globalization;
using System.Text;
using Cairn.Flows.Values;

namespace Cairn.Flows.Expressions;

/// <summary>Cuts the text of an expression into tokens (spec/workflows.md 2.2).</summary>
internal sealed class Lexer(string text, LenientForms lenient, bool readsDoubledEscapes)
{
    private static readonly string[] Signs =
    [
        "==", "!=", "<=", ">=", "//", "&&", "||", "${", "<", ">", "+", "-", "*", "/", "%", "(", ")", "[", "]", "{", "}",
        ",", ".", ":", "?", "!",
    ];

    private int _at;

    /// <summary>All tokens, the last of which is the end; throws <see cref="FaultException"/>.</summary>
    public List<Token> Tokens()
    {
        var tokens = new List<Token>();
        do
            tokens.Add(Next());
        while (tokens[^1].Kind != TokenKind.End);
        return tokens;
    }

    private Token Next()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
            _at++;
        if (_at == text.Length)
            return new Token(TokenKind.End, "", default, new SourceSpan(_at, 0));
        var c = text[_at];
        if (c is '"' or '\'')
            return Quoted(c);
        if (char.IsAsciiDigit(c))
            return Number();
        return IsWordStart(c) ? Word() : Sign();
    }

    private static bool IsWordStart(char c) => char.IsAsciiLetter(c) || c == '_';

    private Token Word()
    {
        var start = _at;
        while (_at < text.Length && (IsWordStart(text[_at]) || char.IsAsciiDigit(text[_at])))
            _at++;
        var word = text[start.._at];
        return new Token(TokenKind.Word, word, default, new SourceSpan(start, _at - start));
    }

    private Token Sign()
    {
        foreach (var sign in Signs)
        {
            if (!text.AsSpan(_at).StartsWith(sign))
                continue;
            var token = new Token(TokenKind.Sign, sign, default, new SourceSpan(_at, sign.Length));
            _at += sign.Length;
            return token;
        }

        var rune = Rune.TryGetRuneAt(text, _at, out var whole) ? whole.ToString() : "half a character";
        var hint = text[_at] switch
        {
            '=' => "two values are compared with ==",
            '&' => "write and",
            '|' => "write or",
            _ => null,
        };
        throw Fault($"'{rune}' cannot stand in an expression", _at, rune.Length, hint);
    }

    private Token Number()
    {
        var start = _at;
        Digits();
        if (_at + 1 < text.Length && text[_at] == '.' && char.IsAsciiDigit(text[_at + 1]))
        {
            _at++;
            Digits();
        }

        Exponent();
        var span = new SourceSpan(start, _at - start);
        if (_at < text.Length && IsWordStart(text[_at]))
            throw Fault("a number runs into a word", start, _at - start + 1);
        var digits = text.AsSpan(start, span.Length);
        var value = NumberText.Parse(digits)
            ?? throw Fault($"{digits} is too large for a number", start, span.Length);
        return new Token(TokenKind.Literal, digits.ToString(), value, span);
    }

    private void Digits()
    {
        while (_at < text.Length && char.IsAsciiDigit(text[_at]))
            _at++;
    }

    private void Exponent()
    {
        if (_at >= text.Length || text[_at] is not ('e' or 'E'))
            return;
        var at = _at + 1;
        if (at < text.Length && text[at] is '+' or '-')
            at++;
        if (at >= text.Length || !char.IsAsciiDigit(text[at]))
            return;
        _at = at;
        Digits();
    }

    private Token Quoted(char quote)
    {
        var start = _at++;
        if (quote == '\'')
        {
            lenient.Need(
                "T06", "a text in single quotes", "texts stand in double quotes", new SourceSpan(start, 1));
        }

        var content = new StringBuilder();
        while (_at < text.Length && text[_at] != quote)
        {
            if (text[_at] == '\\')
                Escape(content, quote);
            else
                content.Append(text[_at++]);
        }

        if (_at == text.Length)
            throw Fault("the text that starts here has no end", start, 1, $"close it with {quote}");
        _at++;
        var span = new SourceSpan(start, _at - start);
        return new Token(TokenKind.Literal, text[start.._at], FlowValue.Of(content.ToString()), span);
    }

    private void Escape(StringBuilder content, char quote)
    {
        var start = _at;
        var next = _at + 1 < text.Length ? text[_at + 1] : '\0';
        if (readsDoubledEscapes && next == '\\' && _at + 2 < text.Length && text[_at + 2] == '"')
        {
            content.Append('"');
            _at += 3;
            return;
        }

        if (next == 'u')
        {
            Unicode(content);
            return;
        }

        content.Append(next switch
        {
            '"' or '\\' or '/' => next,
            '\'' when quote == '\'' => next,
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            _ => throw Fault(
                $"\\{(next == '\0' ? "" : next)} is no escape", start, 2,
                "known are \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX"),
        });
        _at += 2;
    }

    private void Unicode(StringBuilder content)
    {
        var start = _at;
        var first = Hex();
        if (!char.IsSurrogate(first))
        {
            content.Append(first);
            return;
        }

        var second = char.IsHighSurrogate(first) && text.AsSpan(_at).StartsWith("\\u") ? Hex() : '\0';
        if (!char.IsLowSurrogate(second))
            throw Fault("half of a surrogate pair is no character", start, 6, "write both halves, or the character");
        content.Append(first).Append(second);
    }

    private char Hex()
    {
        var digits = _at + 6 <= text.Length ? text.AsSpan(_at + 2, 4) : "";
        if (!ushort.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            throw Fault("\\u needs four hexadecimal digits", _at, Math.Min(6, text.Length - _at));
        _at += 6;
        return (char)code;
    }

    private static FaultException Fault(string message, int at, int length, string? hint = null) =>
        new(new ExpressionFault(message, new SourceSpan(at, length), hint));
}
