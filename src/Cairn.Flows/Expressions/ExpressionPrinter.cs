using System.Globalization;
using System.Text;
using Cairn.Flows.Values;

namespace Cairn.Flows.Expressions;

/// <summary>
/// Writes an expression as text that parses to the same expression, with no more parentheses than needed.
/// </summary>
public static class ExpressionPrinter
{
    /// <summary>The text, without `${` and `}`.</summary>
    public static string Print(Expr expression)
    {
        var text = new StringBuilder();
        Write(text, expression, Precedence.Conditional);
        return text.ToString();
    }

    private static void Write(StringBuilder text, Expr expression, Precedence least)
    {
        var needsBrackets = PrecedenceOf(expression) < least;
        if (needsBrackets)
            text.Append('(');
        WriteBare(text, expression);
        if (needsBrackets)
            text.Append(')');
    }

    private static Precedence PrecedenceOf(Expr expression) => expression switch
    {
        Expr.Conditional => Precedence.Conditional,
        Expr.Binary binary => Precedences.Of(binary.Operator),
        Expr.LooseNot => Precedence.Comparison,
        Expr.Unary => Precedence.Unary,
        Expr.Literal { Value: { Kind: FlowKind.Integer } value } when value.AsInteger() < 0 => Precedence.Unary,
        _ => Precedence.Postfix,
    };

    private static void WriteBare(StringBuilder text, Expr expression)
    {
        switch (expression)
        {
            case Expr.Literal literal:
                text.Append(Literal(literal.Value));
                break;
            case Expr.Identifier identifier:
                text.Append(identifier.Name);
                break;
            case Expr.Hole hole:
                text.Append(CultureInfo.InvariantCulture, $"<{hole.Slot.Up}:{hole.Slot.Index}>");
                break;
            case Expr.ListOf list:
                WriteItems(text, "[", list.Items, "]");
                break;
            case Expr.MapOf map:
                WriteMap(text, map);
                break;
            case Expr.Unary { Operator: UnaryOperator.Negate } negation:
                text.Append('-');
                Write(text, negation.Operand, Precedence.Unary);
                break;
            case Expr.Unary not:
                text.Append("not ");
                Write(text, not.Operand, Precedence.Unary);
                break;
            case Expr.Conditional choice:
                Write(text, choice.Condition, Precedence.Or);
                text.Append(" ? ");
                Write(text, choice.Then, Precedence.Conditional);
                text.Append(" : ");
                Write(text, choice.Else, Precedence.Conditional);
                break;
            default:
                WriteJoined(text, expression);
                break;
        }
    }

    private static void WriteJoined(StringBuilder text, Expr expression)
    {
        switch (expression)
        {
            case Expr.Binary binary:
                var precedence = Precedences.Of(binary.Operator);
                // A bare `not` before a comparison would be read loosely under leniency (T12).
                var isNot = precedence == Precedence.Comparison
                    && binary.Left is Expr.Unary { Operator: UnaryOperator.Not };
                Write(text, binary.Left, isNot ? Precedence.Postfix : precedence);
                WriteSign(text, binary.Operator);
                Write(text, binary.Right, precedence + 1);
                break;
            case Expr.LooseNot loose:
                text.Append("not ");
                Write(text, loose.Left, Precedence.Unary);
                WriteSign(text, loose.Operator);
                Write(text, loose.Right, Precedence.Comparison + 1);
                break;
            case Expr.Member member:
                Write(text, member.Target, Precedence.Postfix);
                text.Append('.').Append(member.Name);
                break;
            case Expr.Index index:
                Write(text, index.Target, Precedence.Postfix);
                WriteItems(text, "[", [index.At], "]");
                break;
            case Expr.Call call:
                text.Append(call.Function);
                WriteItems(text, "(", call.Arguments, ")");
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static void WriteSign(StringBuilder text, BinaryOperator op) =>
        text.Append(' ').Append(Precedences.SignOf(op)).Append(' ');

    private static void WriteItems(StringBuilder text, string open, IReadOnlyList<Expr> items, string close)
    {
        text.Append(open);
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
                text.Append(", ");
            Write(text, items[i], Precedence.Conditional);
        }

        text.Append(close);
    }

    private static void WriteMap(StringBuilder text, Expr.MapOf map)
    {
        text.Append('{');
        for (var i = 0; i < map.Entries.Count; i++)
        {
            text.Append(i > 0 ? ", " : "").Append(Quoted(map.Entries[i].Key)).Append(": ");
            Write(text, map.Entries[i].Value, Precedence.Conditional);
        }

        text.Append('}');
    }

    private static string Literal(FlowValue value) => value.Kind switch
    {
        FlowKind.String => Quoted(value.AsText()),
        FlowKind.Double => NumberText.WithFraction(value.AsDouble()),
        _ => value.ToString(),
    };

    private static string Quoted(string content)
    {
        var text = new StringBuilder("\"");
        foreach (var c in content)
        {
            text.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\b' => "\\b",
                '\f' => "\\f",
                < ' ' => $"\\u{(int)c:x4}",
                _ => c.ToString(),
            });
        }

        return text.Append('"').ToString();
    }
}
