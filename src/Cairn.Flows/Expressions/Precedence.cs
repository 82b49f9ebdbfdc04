namespace Cairn.Flows.Expressions;

/// <summary>How tight an operator binds, from loose to tight.</summary>
internal enum Precedence
{
    Conditional,
    Or,
    And,
    Comparison,
    Sum,
    Product,
    Unary,
    Postfix,
}

/// <summary>The operators' precedences and signs (spec/workflows.md 2.2).</summary>
internal static class Precedences
{
    public static Precedence Of(BinaryOperator op) => op switch
    {
        BinaryOperator.Or => Precedence.Or,
        BinaryOperator.And => Precedence.And,
        <= BinaryOperator.In => Precedence.Comparison,
        <= BinaryOperator.Subtract => Precedence.Sum,
        _ => Precedence.Product,
    };

    public static string SignOf(BinaryOperator op) => op switch
    {
        BinaryOperator.Or => "or",
        BinaryOperator.And => "and",
        BinaryOperator.Equal => "==",
        BinaryOperator.NotEqual => "!=",
        BinaryOperator.Less => "<",
        BinaryOperator.LessOrEqual => "<=",
        BinaryOperator.Greater => ">",
        BinaryOperator.GreaterOrEqual => ">=",
        BinaryOperator.In => "in",
        BinaryOperator.Add => "+",
        BinaryOperator.Subtract => "-",
        BinaryOperator.Multiply => "*",
        BinaryOperator.Divide => "/",
        BinaryOperator.FloorDivide => "//",
        BinaryOperator.Remainder => "%",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public static BinaryOperator? OfSign(string sign) => sign switch
    {
        "||" => BinaryOperator.Or,
        "&&" => BinaryOperator.And,
        "==" => BinaryOperator.Equal,
        "!=" => BinaryOperator.NotEqual,
        "<" => BinaryOperator.Less,
        "<=" => BinaryOperator.LessOrEqual,
        ">" => BinaryOperator.Greater,
        ">=" => BinaryOperator.GreaterOrEqual,
        "+" => BinaryOperator.Add,
        "-" => BinaryOperator.Subtract,
        "*" => BinaryOperator.Multiply,
        "/" => BinaryOperator.Divide,
        "//" => BinaryOperator.FloorDivide,
        "%" => BinaryOperator.Remainder,
        _ => null,
    };
}
