using Cairn.Flows.Values;

namespace Cairn.Flows.Expressions;

/// <summary>What a token is.</summary>
internal enum TokenKind
{
    End,
    Literal,
    Word,
    Sign,
}

/// <summary>A token of an expression.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The word or sign itself.</param>
/// <param name="Value">The value of a literal.</param>
/// <param name="Span">Where it stands.</param>
internal readonly record struct Token(TokenKind Kind, string Text, FlowValue Value, SourceSpan Span)
{
    public bool IsSign(string sign) => Kind == TokenKind.Sign && Text == sign;

    public bool IsWord(string lower, string upper) => Kind == TokenKind.Word && (Text == lower || Text == upper);
}
