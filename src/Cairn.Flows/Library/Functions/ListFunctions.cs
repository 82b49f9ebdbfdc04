using Cairn.Flows.Values;
using static Cairn.Flows.Library.Signatures;

namespace Cairn.Flows.Library.Functions;

/// <summary>`list.*` and `map.*` (spec/workflows.md 3.1).</summary>
internal static class ListFunctions
{
    private static readonly CallParameter[] ListAndValue = [Needs("objs", FlowKind.List), Needs("val")];
    private static readonly CallParameter[] TwoMaps = [Needs("first", FlowKind.Map), Needs("second", FlowKind.Map)];

    public static PureFunction[] All { get; } =
    [
        Pure("list.concat", Marking.Moves, ListAndValue, static (in a) => FlowValue.Of(a.List(0).Add(a[1]))),
        Pure("list.prepend", Marking.Moves, ListAndValue, Prepend),
        Pure("map.delete", Marking.Moves, [Needs("map", FlowKind.Map), Needs("key", FlowKind.String)], Delete),
        Pure("map.get", Marking.Moves, [Needs("map"), Needs("keys", FlowKind.String, FlowKind.List)], Get),
        Pure("map.merge", Marking.Moves, TwoMaps, static (in a) => Merge(a, isNested: false)),
        Pure("map.merge_nested", Marking.Moves, TwoMaps, static (in a) => Merge(a, isNested: true)),
    ];

    /// <summary>`map.get`, shared with its form of three arguments (T09).</summary>
    public static FlowValue Get(scoped in Arguments a)
    {
        if (a[1].Kind is FlowKind.String or FlowKind.Bytes)
            return Step(a[0], a.Text(1));
        var path = a[1].List ?? throw a.Wrong(1, "a string or a list of strings");
        var value = a[0];
        a.Evaluation.Spend(path.Count);
        // A wrong key is an error even behind a missing one.
        foreach (var key in path)
        {
            if (key.Kind != FlowKind.String)
                throw a.Wrong(1, "a string or a list of strings");
        }

        foreach (var key in path)
            value = Step(value, key.AsText());
        return value;
    }

    private static FlowValue Step(FlowValue value, string key) => value.Map?.Get(key) ?? FlowValue.Null;

    private static FlowValue Prepend(scoped in Arguments a)
    {
        var list = a.List(0);
        a.Evaluation.Spend(list.Count);
        return FlowValue.Of(FlowList.Of([a[1], .. list.ToArray()]));
    }

    private static FlowValue Delete(scoped in Arguments a)
    {
        a.Evaluation.Spend(a.Map(0).Count);
        return FlowValue.Of(a.Map(0).Without(a.Text(1)));
    }

    private static FlowValue Merge(scoped in Arguments a, bool isNested)
    {
        a.Evaluation.Spend((a.Map(0).Weight + a.Map(1).Weight) / 8);
        return FlowValue.Of(Merge(a.Map(0), a.Map(1), isNested));
    }

    private static FlowMap Merge(FlowMap first, FlowMap second, bool isNested)
    {
        var merged = first;
        foreach (var (key, value) in second)
        {
            merged = merged.With(key, isNested && value.Map is { } inner && merged.Get(key).Map is { } outer
                ? FlowValue.Of(Merge(outer, inner, isNested))
                : value);
        }

        return merged;
    }
}
