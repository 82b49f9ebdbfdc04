using Cairn.Flows.Values;

namespace Cairn.Flows.Expressions;

/// <summary>
/// Reads the text between `${` and `}` by precedence (spec/workflows.md 2.2), with the extensions T03 to T08 under
/// leniency. Errors are values with a place.
/// </summary>
public sealed partial class ExpressionParser
{
    /// <summary>Expressions inside each other, a chain of operators included; more would cost stack.</summary>
    private const int HeightLimit = 1000;

    /// <summary>Brackets and signs inside each other.</summary>
    private const int NestingLimit = 150;

    private readonly LenientForms _lenient;
    private readonly List<Token> _tokens;
    private int _at;
    private int _nesting;

    private ExpressionParser(string text, bool isLenient, bool readsDoubledEscapes)
    {
        _lenient = new LenientForms(isLenient);
        _tokens = new Lexer(text, _lenient, readsDoubledEscapes).Tokens();
    }

    private Token Current => _tokens[_at];

    /// <summary>Parses a whole text.</summary>
    /// <param name="text">What stands between `${` and its `}`.</param>
    /// <param name="isLenient">Whether the extensions are accepted.</param>
    /// <param name="isPlainScalar">
    /// Whether the text comes from a YAML scalar that was not double-quoted: then `\\"` may mean `\"` (T08).
    /// </param>
    public static ExpressionOutcome Parse(string text, bool isLenient = false, bool isPlainScalar = false)
    {
        var first = ParseOnce(text, isLenient, readsDoubledEscapes: false);
        if (first.Fault is null || !isPlainScalar || !text.Contains("\\\\\"", StringComparison.Ordinal))
            return first;
        if (!isLenient)
        {
            const string hint = "\\\\\" is \\\" in a value without quotes; --lenient reads it so (T08)";
            return first with { Fault = first.Fault with { Hint = hint } };
        }

        var second = ParseOnce(text, isLenient, readsDoubledEscapes: true);
        if (second.Fault is not null)
            return first;
        var place = new SourceSpan(text.IndexOf("\\\\\"", StringComparison.Ordinal), 3);
        var tolerated = new Leniency(
            "T08", "\\\\\" is not the escape of a quote in a value without double quotes: write \\\"", place);
        return second with { Tolerated = [.. second.Tolerated, tolerated] };
    }

    private static ExpressionOutcome ParseOnce(string text, bool isLenient, bool readsDoubledEscapes)
    {
        try
        {
            var parser = new ExpressionParser(text, isLenient, readsDoubledEscapes);
            var expression = parser.Whole();
            return new ExpressionOutcome(expression, null, parser._lenient.Accepted);
        }
        catch (FaultException fault)
        {
            return new ExpressionOutcome(null, fault.Fault, []);
        }
    }

    private Expr Whole()
    {
        if (Current.Kind == TokenKind.End)
            throw Fault("the expression is empty", Current.Span);
        var expression = Expression();
        if (Current.Kind == TokenKind.End)
            return expression;
        throw Unexpected("an operator or the end");
    }

    private Expr Expression()
    {
        Enter();
        var condition = Operation(Precedence.Or);
        if (Current.IsSign("?"))
        {
            _lenient.Need("T04", "the operator ? :", "write if(condition, a, b)", Current.Span);
            _at++;
            var then = Expression();
            Expect(":");
            var otherwise = Expression();
            condition = Checked(new Expr.Conditional(condition, then, otherwise, condition.Span.To(otherwise.Span)));
        }

        _nesting--;
        return condition;
    }

    private Expr Operation(Precedence least)
    {
        var startsWithNot = Current.IsWord("not", "NOT");
        var left = Unary();
        while (NextOperator() is { } next && Precedences.Of(next) >= least)
        {
            var sign = Current.Span;
            _at++;
            var right = Operation(Precedences.Of(next) + 1);
            var span = left.Span.To(right.Span);
            // Only directly behind an unparenthesised `not`, whose tight reading may be a type error (T12).
            left = Checked(startsWithNot && _lenient.IsLenient && Precedences.Of(next) == Precedence.Comparison
                && left is Expr.Unary { Operator: UnaryOperator.Not } not
                    ? new Expr.LooseNot(next, not.Operand, right, sign, span)
                    : new Expr.Binary(next, left, right, sign, span));
            startsWithNot = false;
        }

        return left;
    }

    private BinaryOperator? NextOperator()
    {
        var token = Current;
        if (token.Kind == TokenKind.Word)
        {
            return token.Text switch
            {
                "or" or "OR" => BinaryOperator.Or,
                "and" or "AND" => BinaryOperator.And,
                "in" or "IN" => BinaryOperator.In,
                _ => null,
            };
        }

        if (token.Kind != TokenKind.Sign)
            return null;
        if (token.Text == "&&")
            _lenient.Need("T05", "the operator &&", "write and", token.Span);
        if (token.Text == "||")
            _lenient.Need("T05", "the operator ||", "write or", token.Span);
        return Precedences.OfSign(token.Text);
    }

    private Expr Unary()
    {
        var token = Current;
        if (token.IsSign("!"))
        {
            _lenient.Need("T05", "the operator !", "write not", token.Span);
            _at++;
            var operand = Postfix();
            return new Expr.Unary(UnaryOperator.Not, operand, token.Span.To(operand.Span));
        }

        if (!token.IsSign("-") && !token.IsWord("not", "NOT"))
            return Postfix();
        Enter();
        _at++;
        var smallest = token.Text == "-" ? SmallestInteger(token.Span) : null;
        var inner = smallest ?? Unary();
        _nesting--;
        if (smallest is not null)
            return smallest;
        var span = token.Span.To(inner.Span);
        var sign = token.Text == "-" ? UnaryOperator.Negate : UnaryOperator.Not;
        return Checked(new Expr.Unary(sign, inner, span));
    }

    /// <summary>The smallest integer, whose digits without the sign before them fit no integer; else null.</summary>
    private Expr.Literal? SmallestInteger(SourceSpan sign)
    {
        var token = Current;
        if (token.Text != "9223372036854775808" || _tokens[_at + 1].IsSign(".") || _tokens[_at + 1].IsSign("["))
            return null;
        _at++;
        return new Expr.Literal(FlowValue.Of(long.MinValue), sign.To(token.Span));
    }

    private void Enter()
    {
        if (++_nesting > NestingLimit)
            throw Fault($"the expression nests deeper than {NestingLimit}", Current.Span, "split it with assign");
    }

    private static Expr Checked(Expr expression) => expression.Height <= HeightLimit
        ? expression
        : throw Fault(
            $"the expression chains more than {HeightLimit} operations", expression.Span, "split it with assign");

    private Token Expect(string sign)
    {
        if (!Current.IsSign(sign))
            throw Unexpected($"'{sign}'");
        return _tokens[_at++];
    }

    private FaultException Unexpected(string expected)
    {
        var found = Current.Kind == TokenKind.End ? "the end" : $"'{Current.Text}'";
        string[] keywords = ["and", "or", "not", "in", "true", "false", "null"];
        var hint = Current.Kind == TokenKind.Word && Array.Find(keywords, word =>
            string.Equals(word, Current.Text, StringComparison.OrdinalIgnoreCase)) is { } keyword
                ? $"the keyword is written {keyword} or {keyword.ToUpperInvariant()}"
                : null;
        return Fault($"expected {expected}, found {found}", Current.Span, hint);
    }

    private static FaultException Fault(string message, SourceSpan span, string? hint = null) =>
        new(new ExpressionFault(message, span, hint));
}
