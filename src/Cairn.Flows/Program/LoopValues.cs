using Cairn.Flows.Values;

namespace Cairn.Flows.Program;

/// <summary>What a loop goes over (spec/workflows.md 1.7): a list, or the numbers of a range.</summary>
internal sealed class LoopValues
{
    private readonly FlowList? _list;
    private readonly FlowValue _from;

    private LoopValues(FlowList? list, FlowValue from, int count) => (_list, _from, Count) = (list, from, count);

    /// <summary>How many passes.</summary>
    public int Count { get; }

    /// <summary>The value of a pass, from 0.</summary>
    public FlowValue this[int position] => _list is { } list
        ? list[position]
        : _from.Kind == FlowKind.Integer
            ? FlowValue.Of(_from.AsInteger() + position)
            : FlowValue.Of(_from.AsDouble() + position);

    /// <summary>The elements of a list; a TypeError for anything else.</summary>
    public static LoopValues In(FlowValue value) => value.Kind == FlowKind.List
        ? new LoopValues(value.AsList(), default, value.AsList().Count)
        : throw FlowError.Type($"for: 'in' is a list, found {Words.Of(value)}");

    /// <summary>All numbers from the first of two to the second, both included.</summary>
    public static LoopValues Range(FlowValue value)
    {
        if (value.Kind != FlowKind.List || value.AsList().Count != 2)
            throw FlowError.Type($"for: 'range' is a list of two numbers, found {Words.Of(value)}");
        var (from, to) = (value.AsList()[0], value.AsList()[1]);
        if (!IsNumber(from) || !IsNumber(to))
            throw FlowError.Type($"for: 'range' is two numbers, found {Words.Of(from)} and {Words.Of(to)}");
        var isWhole = from.Kind == FlowKind.Integer && to.Kind == FlowKind.Integer;
        if (!isWhole)
            from = FlowValue.Of(from.AsDouble());
        var passes = isWhole
            ? (Int128)to.AsInteger() - from.AsInteger() + 1
            : Passes(from.AsDouble(), to.AsDouble());
        if (passes > int.MaxValue)
            throw FlowError.Of(FlowTags.ResourceLimit, $"for: a range of {passes} numbers is too long");
        return new LoopValues(null, from, (int)Int128.Max(0, passes));
    }

    /// <summary>As plain data: `{"in": […]}` or `{"from": N, "count": N}`.</summary>
    public FlowMap Save() => _list is { } list
        ? FlowMap.Of(("in", FlowValue.Of(list)))
        : FlowMap.Of(("from", _from), ("count", FlowValue.Of(Count)));

    /// <summary>What <see cref="Save"/> gave.</summary>
    public static LoopValues Load(FlowMap saved) => saved.TryGet("in", out var list)
        ? In(list)
        : new LoopValues(null, saved.Get("from"), (int)saved.Get("count").AsInteger());

    private static Int128 Passes(double from, double to) =>
        double.IsFinite(from) && double.IsFinite(to) ? (Int128)Math.Floor(to - from) + 1 : 0;

    private static bool IsNumber(FlowValue value) => value.Kind is FlowKind.Integer or FlowKind.Double;
}
