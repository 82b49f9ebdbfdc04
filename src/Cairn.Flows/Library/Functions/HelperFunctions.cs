using System.Globalization;
using Cairn.Flows.Expressions.Nodes;
using Cairn.Flows.Values;
using static Cairn.Flows.Library.Signatures;

namespace Cairn.Flows.Library.Functions;

/// <summary>The helpers of expressions (spec/workflows.md 2.6).</summary>
internal static class HelperFunctions
{
    private const double TwoTo63 = 9223372036854775808.0;

    public static PureFunction[] All { get; } =
    [
        Pure("default", Marking.Moves, [Needs("val"), Needs("defaultVal")], Default),
        Pure("if", Marking.Moves, [Needs("cond", FlowKind.Boolean, FlowKind.Null), Needs("a"), Needs("b")], If),
        Pure("int", Marking.Scalars, [Needs("x", FlowKind.String, FlowKind.Double, FlowKind.Integer)], Int),
        Pure("double", Marking.Scalars, [Needs("x", FlowKind.String, FlowKind.Double, FlowKind.Integer)], Double),
        Pure("string", Marking.Deep, [Needs("x")], String),
        Pure("keys", Marking.Moves, [Needs("map", FlowKind.Map)], Keys),
        Pure("len", Marking.Scalars, [Needs("value", FlowKind.List, FlowKind.Map, FlowKind.String)], Len),
        Pure("get_type", Marking.Moves, [Needs("value")], static (in a) => FlowValue.Of(KindNames.Of(a[0]))),
    ];

    private static FlowValue Default(scoped in Arguments a) => a[0].IsNull ? a[1] : a[0];

    private static FlowValue If(scoped in Arguments a) => a[0].IsNull || !a.Flag(0) ? a[2] : a[1];

    private static FlowValue Int(scoped in Arguments a)
    {
        switch (a[0].Kind)
        {
            case FlowKind.Integer:
                return a[0];
            case FlowKind.Double:
                var whole = Math.Truncate(a[0].AsDouble());
                return whole is >= -TwoTo63 and < TwoTo63
                    ? FlowValue.Of((long)whole)
                    : throw a.Refused($"{NumberText.Of(whole)} does not fit into an integer of 64 bits");
            default:
                var text = Text(a);
                return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
                    ? FlowValue.Of(value)
                    : throw a.Refused("the string is no integer");
        }
    }

    private static FlowValue Double(scoped in Arguments a)
    {
        if (a[0].Kind is FlowKind.Integer or FlowKind.Double)
            return FlowValue.Of(a[0].AsDouble());
        const NumberStyles styles = NumberStyles.Float & ~NumberStyles.AllowLeadingWhite
            & ~NumberStyles.AllowTrailingWhite;
        return double.TryParse(Text(a), styles, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? FlowValue.Of(value)
            : throw a.Refused("the string is no number");
    }

    private static string Text(scoped in Arguments a) =>
        a[0].Kind == FlowKind.String || (a[0].Kind == FlowKind.Bytes && a.IsLenient)
            ? a.Text(0)
            : throw a.Wrong(0, "a string or a number");

    private static FlowValue String(scoped in Arguments a)
    {
        var value = a[0];
        switch (value.Kind)
        {
            case FlowKind.String:
                return value;
            case FlowKind.Integer:
                return FlowValue.Of(value.AsInteger().ToString());
            case FlowKind.Double:
                return FlowValue.Of(NumberText.Of(value.AsDouble()));
            case FlowKind.Boolean:
                return FlowValue.Of(value.AsBoolean() ? "true" : "false");
            case FlowKind.Bytes when a.IsLenient:
                return FlowValue.Of(a.Text(0));
            case FlowKind.Null or FlowKind.List or FlowKind.Map when a.IsLenient:
                a.Evaluation.Spend(value.Weight);
                return FlowValue.Of(
                    System.Text.Encoding.UTF8.GetString(PublicJson.Encode(value, isLenient: true)));
            default:
                throw a.Wrong(0, "a string, number or boolean");
        }
    }

    private static FlowValue Keys(scoped in Arguments a)
    {
        var map = a.Map(0);
        a.Evaluation.Spend(map.Count);
        return FlowValue.Of(FlowList.From(map.Keys.Select(static key => FlowValue.Of(key))));
    }

    private static FlowValue Len(scoped in Arguments a) => FlowValue.Of(a[0].Kind switch
    {
        FlowKind.List => a[0].AsList().Count,
        FlowKind.Map => a[0].AsMap().Count,
        FlowKind.String => (long)CodePoints.Count(a.Text(0)),
        FlowKind.Bytes when a.IsLenient => CodePoints.Count(a.Text(0)),
        _ => throw a.Wrong(0, "a list, map or string"),
    });
}
