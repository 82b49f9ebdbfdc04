using Cairn.Graphs.Templates.Lexing;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Parsing;

/// <summary>The tokens of a template, read one by one; a lexical error is raised when it is reached.</summary>
internal sealed class TokenStream
{
    private readonly List<Token> tokens;
    private int at;

    public TokenStream(List<Token> tokens)
    {
        this.tokens = tokens;
        Check(tokens[0]);
    }

    public Token Current => tokens[at];

    public static PyException Error(
        string message, Place place, PyErrorKind kind = PyErrorKind.TemplateSyntaxError) =>
        new(kind, message) { Place = place };

    public Token Next()
    {
        var token = tokens[at];
        if (token.Kind != TokenKind.End)
            Check(tokens[++at]);
        return token;
    }

    public Token Look()
    {
        var next = tokens[Math.Min(at + 1, tokens.Count - 1)];
        Check(next);
        return next;
    }

    public bool SkipName(string name)
    {
        if (!Current.IsName(name))
            return false;
        Next();
        return true;
    }

    public bool SkipOperator(string op)
    {
        if (!Current.IsOperator(op))
            return false;
        Next();
        return true;
    }

    public Token Expect(TokenKind kind) =>
        Current.Kind == kind ? Next() : throw Unexpected(Token.Describe(kind));

    public Token ExpectOperator(string op) => Current.IsOperator(op) ? Next() : throw Unexpected(op);

    public Token ExpectName(string name) => Current.IsName(name) ? Next() : throw Unexpected(name);

    private static void Check(Token token)
    {
        if (token.Kind == TokenKind.Error)
            throw Error(token.Text, token.Place);
    }

    private PyException Unexpected(string wanted) => Current.Kind == TokenKind.End
        ? Error($"unexpected end of template, expected {StrRepr.Of(wanted)}.", Current.Place)
        : Error($"expected token {StrRepr.Of(wanted)}, got {StrRepr.Of(Current.Describe())}", Current.Place);
}
