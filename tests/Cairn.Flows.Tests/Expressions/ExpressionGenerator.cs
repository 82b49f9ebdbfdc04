using Cairn.Flows.Expressions;
using Cairn.Flows.Values;

namespace Cairn.Flows.Tests.Expressions;

/// <summary>Makes expressions by chance, from a seed.</summary>
internal sealed class ExpressionGenerator(int seed, bool isLenient)
{
    private static readonly string[] Names = ["t", "f", "n", "i", "d", "s", "l", "m", "wide", "big"];
    private static readonly string[] Keys = ["a", "b", "c", "in", "k 1", "zz", "not"];
    private readonly Random _random = new(seed);

    public Expr Next(int depth)
    {
        if (depth <= 0)
            return Leaf();
        return _random.Next(isLenient ? 12 : 10) switch
        {
            0 => Leaf(),
            1 => new Expr.ListOf([.. Some(3, depth)], default),
            2 => new Expr.Unary(UnaryOperator.Negate, Next(depth - 1), default),
            3 => new Expr.Unary(UnaryOperator.Not, Next(depth - 1), default),
            4 when _random.Next(3) == 0 => Sums(depth),
            4 or 5 or 6 => new Expr.Binary(
                (BinaryOperator)_random.Next(15), Next(depth - 1), Next(depth - 1), default, default),
            7 => new Expr.Member(Next(depth - 1), Key().Replace(' ', '_'), default, default),
            8 => new Expr.Index(Next(depth - 1), Next(depth - 1), default),
            9 => Call(depth),
            10 => new Expr.Conditional(Next(depth - 1), Next(depth - 1), Next(depth - 1), default),
            _ => Map(depth),
        };
    }

    private Expr Sums(int depth) => Some(5, depth).Aggregate(
        Leaf(), static (sum, part) => new Expr.Binary(BinaryOperator.Add, sum, part, default, default));

    private string Key() => Keys[_random.Next(Keys.Length)];

    private IEnumerable<Expr> Some(int most, int depth) =>
        Enumerable.Range(0, _random.Next(most + 1)).Select(_ => Next(depth - 1));

    private Expr.MapOf Map(int depth) =>
        new([.. Some(3, depth).Select(value => new MapEntry(Key(), value, default))], default);

    private Expr.Call Call(int depth)
    {
        (string Name, int Count)[] calls =
        [
            ("len", 1), ("default", 2), ("if", 3), ("keys", 1), ("get_type", 1), ("map.get", 2), ("list.concat", 2),
        ];
        var (name, count) = calls[_random.Next(calls.Length)];
        return new Expr.Call(name, [.. Enumerable.Range(0, count).Select(_ => Next(depth - 1))], default, default);
    }

    private Expr Leaf() => _random.Next(3) == 0
        ? new Expr.Literal(Value(), default)
        : new Expr.Identifier(Names[_random.Next(Names.Length)], default);

    private FlowValue Value() => _random.Next(9) switch
    {
        0 => FlowValue.Null,
        1 => FlowValue.Of(_random.Next(2) == 0),
        2 => FlowValue.Of((long)_random.Next(4)),
        3 => FlowValue.Of(_random.NextInt64()),
        4 => FlowValue.Of(_random.Next(8) / 2.0),
        5 => FlowValue.Of(_random.NextDouble() * Math.Pow(10, _random.Next(-30, 30))),
        6 => FlowValue.Of(long.MinValue),
        7 => FlowValue.Of("é\"\\\n\U0001F600 text"[.._random.Next(5)]),
        _ => FlowValue.Of(Key()),
    };
}
