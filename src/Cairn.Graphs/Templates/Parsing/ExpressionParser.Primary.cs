using System.Text;
using Cairn.Graphs.Templates.Lexing;
using Cairn.Graphs.Templates.Syntax;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Parsing;

/// <summary>Literals, names, subscripts, calls, filters and tests.</summary>
internal sealed partial class ExpressionParser
{
    public Expr Primary()
    {
        var token = stream.Current;
        switch (token.Kind)
        {
            case TokenKind.Name:
                stream.Next();
                return token.Text switch
                {
                    "true" or "True" => new ConstExpr(PyBool.True, token.Place),
                    "false" or "False" => new ConstExpr(PyBool.False, token.Place),
                    "none" or "None" => new ConstExpr(PyValue.None, token.Place),
                    _ => new NameExpr(token.Text, token.Place),
                };
            case TokenKind.String:
                return Strings();
            case TokenKind.Integer or TokenKind.Float:
                stream.Next();
                return new ConstExpr(token.Value!, token.Place);
            case TokenKind.Operator when token.Text == "(":
                stream.Next();
                var inner = Tuple(inParentheses: true);
                stream.ExpectOperator(")");
                return inner;
            case TokenKind.Operator when token.Text == "[":
                return List();
            case TokenKind.Operator when token.Text == "{":
                return Dict();
            default:
                throw TokenStream.Error($"unexpected {StrRepr.Of(token.Describe())}", token.Place);
        }
    }

    /// <summary>A chain of filters; <paramref name="isBlock"/> where it heads a filter block, without a bar.</summary>
    public FilterExpr? Filters(Expr? value, bool isBlock)
    {
        FilterExpr? filter = null;
        for (var length = 0; isBlock || stream.Current.IsOperator("|"); length++)
        {
            Limit(length);
            if (!isBlock)
                stream.Next();
            isBlock = false;
            var (name, place) = DottedName();
            var arguments = stream.Current.IsOperator("(") ? CallArguments() : Syntax.CallArguments.None;
            filter = new FilterExpr(filter ?? value, name, arguments, place);
        }

        return filter;
    }

    private ConstExpr Strings()
    {
        var token = stream.Next();
        if (stream.Current.Kind != TokenKind.String)
            return new ConstExpr(token.Value!, token.Place);
        var text = new StringBuilder(token.Text);
        while (stream.Current.Kind == TokenKind.String)
            text.Append(stream.Next().Text);
        return new ConstExpr(text.ToString(), token.Place);
    }

    private ListExpr List()
    {
        var place = stream.ExpectOperator("[").Place;
        var items = new List<Expr>();
        while (!stream.Current.IsOperator("]"))
        {
            if (items.Count > 0)
                stream.ExpectOperator(",");
            if (stream.Current.IsOperator("]"))
                break;
            items.Add(Expression());
        }

        stream.ExpectOperator("]");
        return new ListExpr(items, place);
    }

    private DictExpr Dict()
    {
        var place = stream.ExpectOperator("{").Place;
        var items = new List<(Expr, Expr)>();
        while (!stream.Current.IsOperator("}"))
        {
            if (items.Count > 0)
                stream.ExpectOperator(",");
            if (stream.Current.IsOperator("}"))
                break;
            var key = Expression();
            stream.ExpectOperator(":");
            items.Add((key, Expression()));
        }

        stream.ExpectOperator("}");
        return new DictExpr(items, place);
    }

    private Expr Postfix(Expr expr)
    {
        for (var length = 0; stream.Current is { Kind: TokenKind.Operator, Text: "." or "[" or "(" }; length++)
        {
            Limit(length);
            expr = stream.Current.Text switch
            {
                "." => Member(expr),
                "[" => Element(expr),
                _ => Call(expr),
            };
        }

        return expr;
    }

    private Expr FiltersAndTests(Expr expr)
    {
        for (var length = 0; ; length++)
        {
            Limit(length);
            if (stream.Current.IsOperator("|"))
                expr = Filters(expr, isBlock: false)!;
            else if (stream.Current.IsName("is"))
                expr = Test(expr);
            else if (stream.Current.IsOperator("("))
                expr = Call(expr);
            else
                return expr;
        }
    }

    private Expr Member(Expr target)
    {
        var place = stream.Next().Place;
        var token = stream.Next();
        return token.Kind switch
        {
            TokenKind.Name => new MemberExpr(target, token.Text, place),
            TokenKind.Integer => new ElementExpr(target, new ConstExpr(token.Value!, token.Place), place),
            _ => throw TokenStream.Error("expected name or number", token.Place),
        };
    }

    private ElementExpr Element(Expr target)
    {
        var place = stream.Next().Place;
        var keys = new List<Expr>();
        while (!stream.Current.IsOperator("]"))
        {
            if (keys.Count > 0)
                stream.ExpectOperator(",");
            keys.Add(Subscribed());
        }

        stream.ExpectOperator("]");
        return new ElementExpr(target, keys.Count == 1 ? keys[0] : new TupleExpr(keys, place), place);
    }

    private Expr Subscribed()
    {
        var place = stream.Current.Place;
        Expr? start = null;
        if (!stream.SkipOperator(":"))
        {
            start = Expression();
            if (!stream.SkipOperator(":"))
                return start;
        }

        var stop = AtSliceEnd() || stream.Current.IsOperator(":") ? null : Expression();
        Expr? step = null;
        if (stream.SkipOperator(":") && !AtSliceEnd())
            step = Expression();
        return new SliceExpr(start, stop, step, place);
    }

    private bool AtSliceEnd() => stream.Current.IsOperator("]") || stream.Current.IsOperator(",");

    private CallExpr Call(Expr target)
    {
        var place = stream.Current.Place;
        return new CallExpr(target, CallArguments(), place);
    }

    private CallArguments CallArguments()
    {
        var open = stream.ExpectOperator("(");
        var arguments = new CallArguments([], [], null, null);
        var isFirst = true;
        while (!stream.Current.IsOperator(")"))
        {
            if (!isFirst)
            {
                stream.ExpectOperator(",");
                if (stream.Current.IsOperator(")"))
                    break;
            }

            isFirst = false;
            arguments = Argument(arguments, open);
        }

        stream.ExpectOperator(")");
        return arguments;
    }

    private CallArguments Argument(CallArguments arguments, Token open)
    {
        void Ensure(bool isAllowed)
        {
            if (!isAllowed)
                throw TokenStream.Error("invalid syntax for function call expression", open.Place);
        }

        if (stream.Current.IsOperator("*"))
        {
            Ensure(arguments.Rest is null && arguments.NamedRest is null);
            stream.Next();
            return arguments with { Rest = Expression() };
        }

        if (stream.Current.IsOperator("**"))
        {
            Ensure(arguments.NamedRest is null);
            stream.Next();
            return arguments with { NamedRest = Expression() };
        }

        if (stream.Current.Kind == TokenKind.Name && stream.Look().IsOperator("="))
        {
            Ensure(arguments.NamedRest is null);
            var name = stream.Next().Text;
            stream.Next();
            arguments.Named.Add((name, Expression()));
            return arguments;
        }

        Ensure(arguments.Rest is null && arguments.NamedRest is null && arguments.Named.Count == 0);
        arguments.Positional.Add(Expression());
        return arguments;
    }

    private (string Name, Place Place) DottedName()
    {
        var token = stream.Expect(TokenKind.Name);
        var name = token.Text;
        while (stream.SkipOperator("."))
            name += "." + stream.Expect(TokenKind.Name).Text;
        return (name, token.Place);
    }

    private Expr Test(Expr value)
    {
        var place = stream.Next().Place;
        var isNegated = stream.SkipName("not");
        var (name, _) = DottedName();
        var arguments = Syntax.CallArguments.None;
        if (stream.Current.IsOperator("("))
        {
            arguments = CallArguments();
        }
        else if (StartsOperand(stream.Current))
        {
            if (stream.Current.IsName("is"))
            {
                throw TokenStream.Error("You cannot chain multiple tests with is", stream.Current.Place);
            }

            arguments = new CallArguments([Postfix(Primary())], [], null, null);
        }

        var test = new TestExpr(value, name, arguments, place);
        return isNegated ? new NotExpr(test, place) : test;
    }

    private static bool StartsOperand(Token token) => token.Kind switch
    {
        TokenKind.Name => token.Text is not ("else" or "or" or "and"),
        TokenKind.String or TokenKind.Integer or TokenKind.Float => true,
        TokenKind.Operator => token.Text is "(" or "[" or "{",
        _ => false,
    };
}
