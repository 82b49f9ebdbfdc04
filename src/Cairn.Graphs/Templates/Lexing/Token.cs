using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Lexing;

/// <summary>What a token is; operators share one kind and are told apart by their text.</summary>
internal enum TokenKind
{
    Data,
    BlockBegin,
    BlockEnd,
    VariableBegin,
    VariableEnd,
    Name,
    String,
    Integer,
    Float,
    Operator,
    End,

    /// <summary>Reading it raises: a lexical error surfaces where the parser gets to it, as in the original.</summary>
    Error,
}

/// <summary>A line and column, both from 1; a column counts UTF-16 units.</summary>
internal readonly record struct Place(int Line, int Column);

/// <summary>A piece of a template.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">A name, an operator, text unescaped, or an error's message.</param>
/// <param name="Place">Where it starts.</param>
/// <param name="Value">The value of a literal.</param>
internal readonly record struct Token(TokenKind Kind, string Text, Place Place, PyValue? Value = null)
{
    public bool IsName(string name) => Kind == TokenKind.Name && string.Equals(Text, name, StringComparison.Ordinal);

    public bool IsOperator(string op) =>
        Kind == TokenKind.Operator && string.Equals(Text, op, StringComparison.Ordinal);

    /// <summary>How Jinja's errors call it.</summary>
    public string Describe() => Kind is TokenKind.Name or TokenKind.Operator ? Text : Describe(Kind);

    public static string Describe(TokenKind kind) => kind switch
    {
        TokenKind.Data => "template data / text",
        TokenKind.BlockBegin => "begin of statement block",
        TokenKind.BlockEnd => "end of statement block",
        TokenKind.VariableBegin => "begin of print statement",
        TokenKind.VariableEnd => "end of print statement",
        TokenKind.Name => "name",
        TokenKind.String => "string",
        TokenKind.Integer => "integer",
        TokenKind.Float => "float",
        _ => "end of template",
    };
}
