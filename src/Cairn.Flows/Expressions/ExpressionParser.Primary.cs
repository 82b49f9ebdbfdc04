using Cairn.Flows.Values;

namespace Cairn.Flows.Expressions;

public sealed partial class ExpressionParser
{
    private Expr Postfix()
    {
        // The dotted name so far, as long as it may become the name of a call.
        var name = Current.Kind == TokenKind.Word ? Current.Text : null;
        var target = Primary();
        if (target is not Expr.Identifier)
            name = null;
        while (Current.Kind == TokenKind.Sign)
        {
            switch (Current.Text)
            {
                case ".":
                    _at++;
                    var member = Current.Kind == TokenKind.Word ? _tokens[_at++] : throw Unexpected("a name");
                    target = new Expr.Member(target, member.Text, member.Span, target.Span.To(member.Span));
                    name = name is null ? null : $"{name}.{member.Text}";
                    break;
                case "[":
                    _at++;
                    var index = Expression();
                    target = new Expr.Index(target, index, target.Span.To(Expect("]").Span));
                    name = null;
                    break;
                case "(":
                    target = CallOf(name, target);
                    name = null;
                    break;
                default:
                    return target;
            }

            Checked(target);
        }

        return target;
    }

    private Expr.Call CallOf(string? name, Expr target)
    {
        if (name is null)
            throw Fault("only a function with a plain name can be called", target.Span);
        var (arguments, end) = Items("(", ")");
        return new Expr.Call(name, arguments, target.Span, target.Span.To(end));
    }

    private Expr Primary()
    {
        var token = Current;
        if (token.Kind == TokenKind.Literal)
        {
            _at++;
            return new Expr.Literal(token.Value, token.Span);
        }

        if (token.Kind == TokenKind.Word)
            return Word(token);
        switch (token.Text)
        {
            case "(":
                _at++;
                var inner = Expression();
                Expect(")");
                return inner;
            case "[":
                var (items, end) = Items("[", "]");
                return new Expr.ListOf(items, token.Span.To(end));
            case "{":
                _lenient.Need(
                    "T03", "a map in an expression", "build it with assign and name the variable", token.Span);
                return MapLiteral();
            case "${":
                _lenient.Need("T07", "${ } inside an expression", "write parentheses", token.Span);
                _at++;
                var nested = Expression();
                Expect("}");
                return nested;
            default:
                throw Unexpected("a value");
        }
    }

    private Expr Word(Token token)
    {
        Expr Literal(FlowValue value) => new Expr.Literal(value, token.Span);
        switch (token.Text)
        {
            case "and" or "AND" or "or" or "OR" or "in" or "IN" or "not" or "NOT":
                throw Unexpected("a value");
            case "true" or "True" or "TRUE":
                _at++;
                return Literal(FlowValue.True);
            case "false" or "False" or "FALSE":
                _at++;
                return Literal(FlowValue.False);
            case "null":
                _at++;
                return Literal(FlowValue.Null);
            // Two helpers are named like operators: if(...) is a call, not(...) an operator and its operand.
            default:
                _at++;
                return new Expr.Identifier(token.Text, token.Span);
        }
    }

    /// <summary>Values between brackets, separated by commas; the span is that of the closing bracket.</summary>
    private (IReadOnlyList<Expr> Items, SourceSpan End) Items(string open, string close)
    {
        Expect(open);
        List<Expr> items = [];
        while (!Current.IsSign(close))
        {
            items.Add(Expression());
            if (!IsMore(close))
                break;
        }

        return (items, Expect(close).Span);
    }

    /// <summary>Takes a comma; false at the closing bracket.</summary>
    private bool IsMore(string close)
    {
        if (!Current.IsSign(","))
            return Current.IsSign(close) ? false : throw Unexpected($"',' or '{close}'");
        _at++;
        if (Current.IsSign(close))
            _lenient.Need("T03", "a comma before the closing bracket", "leave it out", _tokens[_at - 1].Span);
        return true;
    }

    private Expr.MapOf MapLiteral()
    {
        var start = Expect("{").Span;
        List<MapEntry> entries = [];
        while (!Current.IsSign("}"))
        {
            var token = Current;
            var isText = token.Kind == TokenKind.Literal && token.Value.Kind == FlowKind.String;
            if (!isText && token.Kind != TokenKind.Word)
                throw Unexpected("a key");
            _at++;
            Expect(":");
            entries.Add(new MapEntry(isText ? token.Value.AsText() : token.Text, Expression(), token.Span));
            if (!IsMore("}"))
                break;
        }

        return new Expr.MapOf(entries, start.To(Expect("}").Span));
    }
}
