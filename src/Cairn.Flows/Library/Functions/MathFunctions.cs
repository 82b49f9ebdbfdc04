using Cairn.Flows.Values;
using static Cairn.Flows.Library.Signatures;

namespace Cairn.Flows.Library.Functions;

/// <summary>`math.*` (spec/workflows.md 3.1).</summary>
internal static class MathFunctions
{
    private const double TwoTo63 = 9223372036854775808.0;
    private static readonly CallParameter[] One = [Needs("x", FlowKind.Integer, FlowKind.Double)];

    private static readonly CallParameter[] Two =
    [
        Needs("x", FlowKind.Integer, FlowKind.Double), Needs("y", FlowKind.Integer, FlowKind.Double),
    ];

    public static PureFunction[] All { get; } =
    [
        Pure("math.abs", Marking.Scalars, One, Abs),
        Pure("math.floor", Marking.Scalars, One, Floor),
        Pure("math.max", Marking.Scalars, Two, static (in a) => Pick(a, Math.Max, Math.Max)),
        Pure("math.min", Marking.Scalars, Two, static (in a) => Pick(a, Math.Min, Math.Min)),
    ];

    private static FlowValue Abs(scoped in Arguments a)
    {
        var x = a.Number(0);
        if (x.Kind == FlowKind.Double)
            return FlowValue.Of(Math.Abs(x.AsDouble()));
        return x.AsInteger() == long.MinValue
            ? throw a.Refused("the result does not fit into an integer of 64 bits")
            : FlowValue.Of(Math.Abs(x.AsInteger()));
    }

    private static FlowValue Floor(scoped in Arguments a)
    {
        var x = a.Number(0);
        if (x.Kind == FlowKind.Integer)
            return x;
        var floor = Math.Floor(x.AsDouble());
        return floor is >= -TwoTo63 and < TwoTo63
            ? FlowValue.Of((long)floor)
            : throw a.Refused($"{NumberText.Of(floor)} does not fit into an integer of 64 bits");
    }

    private static FlowValue Pick(
        scoped in Arguments a, Func<long, long, long> integers, Func<double, double, double> doubles)
    {
        var (x, y) = (a.Number(0), a.Number(1));
        return x.Kind == FlowKind.Integer && y.Kind == FlowKind.Integer
            ? FlowValue.Of(integers(x.AsInteger(), y.AsInteger()))
            : FlowValue.Of(doubles(x.AsDouble(), y.AsDouble()));
    }
}
