using Cairn.Graphs.Templates.Lexing;
using Cairn.Graphs.Templates.Syntax;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Parsing;

/// <summary>Expressions with Jinja's grammar and precedence: if, or, and, not, compare, + -, ~, * / // %, **,
/// unary.</summary>
internal sealed partial class ExpressionParser(TokenStream stream)
{
    /// <summary>How deep operands may nest; the original gives up at about the same depth.</summary>
    private const int DepthLimit = 200;

    /// <summary>How long a chain of one operator may grow.</summary>
    private const int ChainLimit = 1000;

    private int depth;

    public Expr Expression(bool withCondition = true)
    {
        if (++depth > DepthLimit)
            throw TokenStream.Error("the expression nests too deep", stream.Current.Place);
        var expr = withCondition ? Condition() : Or();
        depth--;
        return expr;
    }

    /// <summary>One expression, or a tuple without parentheses.</summary>
    public Expr Tuple(bool withCondition = true, bool isSimple = false, bool inParentheses = false)
    {
        var place = stream.Current.Place;
        var items = new List<Expr>();
        var isTuple = false;
        while (true)
        {
            if (items.Count > 0)
                stream.ExpectOperator(",");
            if (IsAtTupleEnd)
                break;
            items.Add(isSimple ? Primary() : Expression(withCondition));
            if (!stream.Current.IsOperator(","))
                break;
            isTuple = true;
            place = stream.Current.Place;
        }

        if (!isTuple && items.Count > 0)
            return items[0];
        if (!isTuple && !inParentheses)
        {
            throw TokenStream.Error(
                $"Expected an expression, got {StrRepr.Of(stream.Current.Describe())}", stream.Current.Place);
        }

        return new TupleExpr(items, place);
    }

    /// <summary>A name such as <c>in</c> does not end a tuple: the original means it to, but it does not.</summary>
    private bool IsAtTupleEnd =>
        stream.Current.Kind is TokenKind.VariableEnd or TokenKind.BlockEnd || stream.Current.IsOperator(")");

    private Expr Condition()
    {
        var place = stream.Current.Place;
        var then = Or();
        for (var length = 0; stream.SkipName("if"); length++)
        {
            Limit(length);
            var test = Or();
            var otherwise = stream.SkipName("else") ? Expression() : null;
            then = new ConditionExpr(test, then, otherwise, place);
            place = stream.Current.Place;
        }

        return then;
    }

    private Expr Or()
    {
        var place = stream.Current.Place;
        var left = And();
        for (var length = 0; stream.SkipName("or"); length++)
        {
            Limit(length);
            left = new LogicExpr(false, left, And(), place);
            place = stream.Current.Place;
        }

        return left;
    }

    private Expr And()
    {
        var place = stream.Current.Place;
        var left = Not();
        for (var length = 0; stream.SkipName("and"); length++)
        {
            Limit(length);
            left = new LogicExpr(true, left, Not(), place);
            place = stream.Current.Place;
        }

        return left;
    }

    private Expr Not()
    {
        if (!stream.Current.IsName("not"))
            return Compare();
        var place = stream.Next().Place;
        if (++depth > DepthLimit)
            throw TokenStream.Error("the expression nests too deep", place);
        var operand = Not();
        depth--;
        return new NotExpr(operand, place);
    }

    private Expr Compare()
    {
        var place = stream.Current.Place;
        var first = Sum();
        var rest = new List<(string, Expr)>();
        while (true)
        {
            var token = stream.Current;
            if (token.Kind == TokenKind.Operator && token.Text is "==" or "!=" or "<" or "<=" or ">" or ">=")
            {
                stream.Next();
                rest.Add((token.Text, Sum()));
            }
            else if (stream.SkipName("in"))
            {
                rest.Add(("in", Sum()));
            }
            else if (token.IsName("not") && stream.Look().IsName("in"))
            {
                stream.Next();
                stream.Next();
                rest.Add(("not in", Sum()));
            }
            else
            {
                return rest.Count == 0 ? first : new CompareExpr(first, rest, place);
            }
        }
    }

    private Expr Sum()
    {
        var place = stream.Current.Place;
        var left = Concat();
        for (var length = 0; stream.Current is { Kind: TokenKind.Operator, Text: "+" or "-" }; length++)
        {
            Limit(length);
            var op = stream.Next().Text;
            left = new BinaryExpr(op, left, Concat(), place);
            place = stream.Current.Place;
        }

        return left;
    }

    private Expr Concat()
    {
        var place = stream.Current.Place;
        var items = new List<Expr> { Product() };
        while (stream.SkipOperator("~"))
            items.Add(Product());
        return items.Count == 1 ? items[0] : new ConcatExpr(items, place);
    }

    private Expr Product()
    {
        var place = stream.Current.Place;
        var left = Power();
        for (var length = 0; stream.Current is { Kind: TokenKind.Operator, Text: "*" or "/" or "//" or "%" }; length++)
        {
            Limit(length);
            var op = stream.Next().Text;
            left = new BinaryExpr(op, left, Power(), place);
            place = stream.Current.Place;
        }

        return left;
    }

    /// <summary>Left to right, unlike Python's.</summary>
    private Expr Power()
    {
        var place = stream.Current.Place;
        var left = Unary(withFilter: true);
        for (var length = 0; stream.SkipOperator("**"); length++)
        {
            Limit(length);
            left = new BinaryExpr("**", left, Unary(withFilter: true), place);
            place = stream.Current.Place;
        }

        return left;
    }

    private Expr Unary(bool withFilter)
    {
        var token = stream.Current;
        Expr expr;
        if (token.Kind == TokenKind.Operator && token.Text is "-" or "+")
        {
            stream.Next();
            if (++depth > DepthLimit)
                throw TokenStream.Error("the expression nests too deep", token.Place);
            expr = new SignExpr(token.Text == "-", Unary(withFilter: false), token.Place);
            depth--;
        }
        else
        {
            expr = Primary();
        }

        expr = Postfix(expr);
        return withFilter ? FiltersAndTests(expr) : expr;
    }

    private void Limit(int length)
    {
        if (length >= ChainLimit)
            throw TokenStream.Error("the expression is too long", stream.Current.Place);
    }
}
