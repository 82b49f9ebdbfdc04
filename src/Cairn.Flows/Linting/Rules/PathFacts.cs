using Cairn.Flows.Expressions;
using Cairn.Flows.Sources;
using Cairn.Flows.Trials;
using Cairn.Flows.Values;

namespace Cairn.Flows.Linting.Rules;

/// <summary>What is known on a path: constants of variables, and outcomes of conditions. Immutable.</summary>
internal sealed class PathFacts
{
    private readonly SortedDictionary<string, FlowValue> _constants;
    private readonly SortedDictionary<string, (bool Held, SortedSet<string> Names)> _conditions;

    private PathFacts(
        SortedDictionary<string, FlowValue> constants,
        SortedDictionary<string, (bool Held, SortedSet<string> Names)> conditions)
    {
        (_constants, _conditions) = (constants, conditions);
        Key = string.Join(';', constants.Select(fact => $"{fact.Key}={fact.Value}"))
            + "|" + string.Join(';', conditions.Select(fact => $"{fact.Key}:{fact.Value.Held}"));
    }

    /// <summary>Nothing is known.</summary>
    public static PathFacts None { get; } = new(new(StringComparer.Ordinal), new(StringComparer.Ordinal));

    /// <summary>The same for equal facts.</summary>
    public string Key { get; }

    /// <summary>A variable has changed: what was known with it is gone.</summary>
    public PathFacts Without(string name)
    {
        var stale = _conditions.Where(fact => fact.Value.Names.Contains(name)).Select(fact => fact.Key).ToList();
        if (stale.Count == 0 && !_constants.ContainsKey(name)) return this;
        var constants = new SortedDictionary<string, FlowValue>(_constants, StringComparer.Ordinal);
        var conditions = new SortedDictionary<string, (bool, SortedSet<string>)>(_conditions, StringComparer.Ordinal);
        constants.Remove(name);
        foreach (var key in stale) conditions.Remove(key);
        return new PathFacts(constants, conditions);
    }

    /// <summary>A condition has held, or has not.</summary>
    public PathFacts With(string condition, bool held, IEnumerable<string> names)
    {
        var conditions = new SortedDictionary<string, (bool, SortedSet<string>)>(_conditions, StringComparer.Ordinal)
        {
            [condition] = (held, new SortedSet<string>(names, StringComparer.Ordinal)),
        };
        return new PathFacts(_constants, conditions);
    }

    /// <summary>A variable was assigned: known when the value is a literal.</summary>
    public PathFacts WithConstant(string name, IReadOnlyList<Expr> expressions, SourceNode value)
    {
        var constant = expressions switch
        {
            [] when value is SourceNode.Scalar => PlainValues.Of(value),
            [Expr.Literal literal] when value is SourceNode.Scalar => literal.Value,
            [Expr.Identifier other] when _constants.TryGetValue(other.Name, out var copied) => copied,
            _ => (FlowValue?)null,
        };
        if (constant is not { } known) return this;
        var constants = new SortedDictionary<string, FlowValue>(_constants, StringComparer.Ordinal) { [name] = known };
        return new PathFacts(constants, _conditions);
    }

    /// <summary>Whether a condition must hold here; null: it may or may not.</summary>
    public bool? IsTrue(Expr condition)
    {
        if (_conditions.TryGetValue(ExpressionPrinter.Print(condition), out var fact)) return fact.Held;
        switch (condition)
        {
            case Expr.Binary { Operator: BinaryOperator.And } both:
                var (left, right) = (IsTrue(both.Left), IsTrue(both.Right));
                return left == false || right == false ? false : left == true && right == true ? true : null;
            case Expr.Binary { Operator: BinaryOperator.Or } either:
                var (one, other) = (IsTrue(either.Left), IsTrue(either.Right));
                return one == true || other == true ? true : one == false && other == false ? false : null;
            case Expr.Unary { Operator: UnaryOperator.Not } not:
                return !IsTrue(not.Operand);
            case Expr.Binary { Operator: BinaryOperator.Equal } equal:
                return AreEqual(equal.Left, equal.Right);
            case Expr.Binary { Operator: BinaryOperator.NotEqual } different:
                return !AreEqual(different.Left, different.Right);
            default:
                return Constant(condition) is { Kind: FlowKind.Boolean } flag ? flag.AsBoolean() : null;
        }
    }

    private bool? AreEqual(Expr left, Expr right) =>
        Constant(left) is { } one && Constant(right) is { } other ? one == other : null;

    private FlowValue? Constant(Expr expression) => expression switch
    {
        Expr.Literal literal => literal.Value,
        Expr.Identifier name when _constants.TryGetValue(name.Name, out var value) => value,
        _ => null,
    };
}
