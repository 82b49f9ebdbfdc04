using System.Globalization;
using System.Numerics;
using Cairn.Flows.Expressions;
using Cairn.Flows.Values;

namespace Cairn.Flows.Tests.Expressions;

/// <summary>
/// A second evaluator, written from the specification for reading, not for speed: values are plain objects, numbers
/// are compared and divided as exact fractions. It throws <see cref="NaiveError"/> with the tag.
/// </summary>
internal sealed class NaiveEvaluator(Func<string, object?> variables, bool isLenient)
{
    public object? Evaluate(Expr expression) => expression switch
    {
        Expr.Literal literal => From(literal.Value),
        Expr.Identifier identifier => variables(identifier.Name),
        Expr.ListOf list => list.Items.Select(Evaluate).ToList(),
        Expr.MapOf map => Map(map),
        Expr.Unary { Operator: UnaryOperator.Not } not => !Truth(Evaluate(not.Operand)),
        Expr.Unary minus => Evaluate(minus.Operand) switch
        {
            long number => Whole(-(BigInteger)number),
            double number => -number,
            _ => throw new NaiveError("TypeError"),
        },
        Expr.Binary { Operator: BinaryOperator.And } and => Truth(Evaluate(and.Left)) && Truth(Evaluate(and.Right)),
        Expr.Binary { Operator: BinaryOperator.Or } or => Truth(Evaluate(or.Left)) || Truth(Evaluate(or.Right)),
        Expr.Binary binary => Apply(binary.Operator, Evaluate(binary.Left), Evaluate(binary.Right)),
        Expr.LooseNot loose => Loose(loose.Operator, Evaluate(loose.Left), Evaluate(loose.Right)),
        Expr.Conditional choice => Evaluate(Truth(Evaluate(choice.Condition)) ? choice.Then : choice.Else),
        Expr.Member member => Read(Evaluate(member.Target), member.Name),
        Expr.Index index => Read(Evaluate(index.Target), Evaluate(index.At)),
        Expr.Call call => Call(call),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public static object? From(FlowValue value) => value.Kind switch
    {
        FlowKind.Null => null,
        FlowKind.Boolean => value.AsBoolean(),
        FlowKind.Integer => value.AsInteger(),
        FlowKind.Double => value.AsDouble(),
        FlowKind.String => value.AsText(),
        FlowKind.List => value.AsList().Select(From).ToList(),
        FlowKind.Map => value.AsMap().Select(entry => KeyValuePair.Create(entry.Key, From(entry.Value))).ToList(),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static List<KeyValuePair<string, object?>> Entries(object? value) =>
        value as List<KeyValuePair<string, object?>> ?? throw new NaiveError("TypeError");

    private List<KeyValuePair<string, object?>> Map(Expr.MapOf map)
    {
        List<KeyValuePair<string, object?>> entries = [];
        foreach (var entry in map.Entries)
        {
            var made = KeyValuePair.Create(entry.Key, Evaluate(entry.Value));
            var at = entries.FindIndex(known => known.Key == entry.Key);
            if (at >= 0)
                entries[at] = made;
            else
                entries.Add(made);
        }

        return entries;
    }

    private object? Call(Expr.Call call)
    {
        if (isLenient && call.Function == "if")
        {
            var condition = Evaluate(call.Arguments[0]);
            return Evaluate(condition is not null && Truth(condition) ? call.Arguments[1] : call.Arguments[2]);
        }

        if (isLenient && call.Function == "default")
            return Evaluate(call.Arguments[0]) ?? Evaluate(call.Arguments[1]);
        var given = call.Arguments.Select(Evaluate).ToArray();
        return call.Function switch
        {
            "if" => given[0] is not null && Truth(given[0]) ? given[1] : given[2],
            "default" => given[0] ?? given[1],
            "get_type" => Type(given[0]),
            "keys" => Entries(given[0]).Select(entry => (object?)entry.Key).ToList(),
            "len" => given[0] switch
            {
                List<object?> list => (long)list.Count,
                string text => text.EnumerateRunes().Count(),
                _ => (long)Entries(given[0]).Count,
            },
            "list.concat" => (given[0] as List<object?> ?? throw new NaiveError("TypeError")).Append(given[1]).ToList(),
            "map.get" => Get(given[0], given[1]),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static object? Get(object? map, object? keys)
    {
        var path = keys is string ? [keys] : keys as List<object?>;
        if (path is null || !path.TrueForAll(key => key is string))
            throw new NaiveError("TypeError");
        return path.Aggregate(map, (value, key) =>
            (value as List<KeyValuePair<string, object?>>)?.Find(entry => entry.Key == (string)key!).Value);
    }

    private object? Read(object? target, object? key)
    {
        if (target is List<object?> list)
        {
            if (key is not long at)
                throw new NaiveError("TypeError");
            return at >= 0 && at < list.Count ? list[(int)at] : throw new NaiveError("IndexError");
        }

        if (key is not string name)
            return target is null && isLenient ? null : throw new NaiveError("TypeError");
        if (target is null or string && isLenient)
            return null;
        var entries = Entries(target);
        if (entries.Exists(entry => entry.Key == name))
            return entries.Find(entry => entry.Key == name).Value;
        return isLenient ? null : throw new NaiveError("KeyError");
    }

    private object Loose(BinaryOperator op, object? left, object? right) => left is bool flag
        ? Apply(op, !flag, right)
        : !(bool)Apply(op, left, right);

    private object Apply(BinaryOperator op, object? left, object? right) => op switch
    {
        BinaryOperator.Equal => AreEqual(left, right),
        BinaryOperator.NotEqual => !AreEqual(left, right),
        BinaryOperator.In => IsIn(left, right),
        BinaryOperator.Less => Order(left, right) is -1,
        BinaryOperator.LessOrEqual => Order(left, right) is -1 or 0,
        BinaryOperator.Greater => Order(left, right) is 1,
        BinaryOperator.GreaterOrEqual => Order(left, right) is 0 or 1,
        BinaryOperator.Add when left is string || right is string => Text(left) + Text(right),
        _ when left is long a && right is long b => Integers(op, a, b),
        _ when left is long or double && right is long or double => Doubles(op, ToDouble(left), ToDouble(right)),
        _ => throw new NaiveError("TypeError"),
    };

    private static object Integers(BinaryOperator op, long a, long b) => op switch
    {
        BinaryOperator.Add => Whole((BigInteger)a + b),
        BinaryOperator.Subtract => Whole((BigInteger)a - b),
        BinaryOperator.Multiply => Whole((BigInteger)a * b),
        _ when b == 0 => throw new NaiveError("ZeroDivisionError"),
        BinaryOperator.Divide => (double)a / b,
        BinaryOperator.FloorDivide => Whole(Fraction.Floor(a, b)),
        _ => Whole(a - (Fraction.Floor(a, b) * b)),
    };

    private static object Doubles(BinaryOperator op, double a, double b) => op switch
    {
        BinaryOperator.Add => a + b,
        BinaryOperator.Subtract => a - b,
        BinaryOperator.Multiply => a * b,
        _ when b == 0 => throw new NaiveError("ZeroDivisionError"),
        BinaryOperator.Divide => a / b,
        _ => Fraction.Divide(a, b) is var (quotient, remainder) && op == BinaryOperator.FloorDivide
            ? quotient
            : remainder,
    };

    private bool IsIn(object? item, object? container) => container switch
    {
        List<object?> list => list.Exists(element => AreEqual(item, element)),
        List<KeyValuePair<string, object?>> map when item is string key => map.Exists(entry => entry.Key == key),
        null when isLenient => false,
        _ => throw new NaiveError("TypeError"),
    };

    private static bool AreEqual(object? left, object? right) => (left, right) switch
    {
        (long or double, long or double) => Order(left, right) is 0,
        (List<object?> a, List<object?> b) => a.Count == b.Count
            && a.Zip(b).All(pair => AreEqual(pair.First, pair.Second)),
        (List<KeyValuePair<string, object?>> a, List<KeyValuePair<string, object?>> b) => a.Count == b.Count
            && a.TrueForAll(entry => b.Exists(other => other.Key == entry.Key && AreEqual(entry.Value, other.Value))),
        _ => Equals(left, right),
    };

    private static int? Order(object? left, object? right) => (left, right) switch
    {
        (string a, string b) => Math.Sign(
            a.EnumerateRunes().Zip(b.EnumerateRunes()).Select(pair => pair.First.CompareTo(pair.Second))
                .FirstOrDefault(order => order != 0, a.Length.CompareTo(b.Length))),
        (long or double, long or double) => Fraction.Compare(left, right),
        _ => throw new NaiveError("TypeError"),
    };

    private static double ToDouble(object number) => number is long whole ? whole : (double)number;

    private static object Whole(BigInteger value) =>
        value >= long.MinValue && value <= long.MaxValue ? (long)value : throw new NaiveError("ValueError");

    private static bool Truth(object? value) => value as bool? ?? throw new NaiveError("TypeError");

    private static string Text(object? value) => value switch
    {
        string text => text,
        long number => number.ToString(CultureInfo.InvariantCulture),
        double number => FlowValue.Of(number).ToString() is var text && text.EndsWith(".0")
            ? text[..^2]
            : FlowValue.Of(number).ToString().Trim('{', '}').Replace("\"$double\":", "").Trim('"'),
        bool flag => flag ? "true" : "false",
        _ => throw new NaiveError("TypeError"),
    };

    private static string Type(object? value) => value switch
    {
        null => "null",
        bool => "boolean",
        long => "integer",
        double => "double",
        string => "string",
        List<object?> => "list",
        _ => "map",
    };
}
