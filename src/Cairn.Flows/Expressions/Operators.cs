namespace Cairn.Flows.Expressions;

/// <summary>Operators with one operand.</summary>
public enum UnaryOperator
{
    /// <summary>`-`.</summary>
    Negate,

    /// <summary>`not`.</summary>
    Not,
}

/// <summary>Operators with two operands, from loose to tight (spec/workflows.md 2.2).</summary>
public enum BinaryOperator
{
    /// <summary>`or`.</summary>
    Or,

    /// <summary>`and`.</summary>
    And,

    /// <summary>`==`.</summary>
    Equal,

    /// <summary>`!=`.</summary>
    NotEqual,

    /// <summary>`&lt;`.</summary>
    Less,

    /// <summary>`&lt;=`.</summary>
    LessOrEqual,

    /// <summary>`>`.</summary>
    Greater,

    /// <summary>`>=`.</summary>
    GreaterOrEqual,

    /// <summary>`in`.</summary>
    In,

    /// <summary>`+`.</summary>
    Add,

    /// <summary>`-`.</summary>
    Subtract,

    /// <summary>`*`.</summary>
    Multiply,

    /// <summary>`/`, always a double.</summary>
    Divide,

    /// <summary>`//`, towards minus infinity.</summary>
    FloorDivide,

    /// <summary>`%`, with the sign of the divisor.</summary>
    Remainder,
}
