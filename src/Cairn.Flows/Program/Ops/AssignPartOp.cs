using Cairn.Flows.Expressions;
using Cairn.Flows.Values;

namespace Cairn.Flows.Program.Ops;

/// <summary>Gives a part of a variable a value: `m.k`, `l[0]`, `a.b[i]["c"]` (spec/workflows.md 1.6).</summary>
internal sealed class AssignPartOp(string name, SlotAddress root, Code[] path, Code value, bool isLenient) : Op
{
    /// <inheritdoc/>
    public override Op Run(Strand strand)
    {
        var frame = strand.Frame;
        var assigned = value.Evaluate(strand);
        var keys = new FlowValue[path.Length];
        for (var i = 0; i < keys.Length; i++)
            keys[i] = path[i].Evaluate(strand);
        ref var variable = ref frame[root];
        if (variable.IsUnassigned)
            throw FlowError.Of(FlowTags.Key, $"the variable '{name}' has no value yet");
        variable = With(variable, keys, assigned);
        return Next;
    }

    private FlowValue With(FlowValue target, ReadOnlySpan<FlowValue> keys, FlowValue assigned)
    {
        if (keys.Length == 0)
            return assigned;
        var key = keys[0];
        return target.Kind switch
        {
            FlowKind.Map => InMap(target.AsMap(), key, keys[1..], assigned),
            FlowKind.List => InList(target.AsList(), key, keys[1..], assigned),
            FlowKind.Null when isLenient => InMap(FlowMap.Empty, key, keys[1..], assigned),
            _ => throw FlowError.Type(
                $"a part of '{name}' cannot be assigned: {Words.Of(target)} has no parts"),
        };
    }

    private FlowValue InMap(FlowMap map, FlowValue key, ReadOnlySpan<FlowValue> rest, FlowValue assigned)
    {
        if (key.Kind != FlowKind.String)
            throw FlowError.Type($"a key of the map '{name}' is a string, found {Words.Of(key)}");
        var text = key.AsText();
        // A missing map on the way is made.
        var inner = rest.Length == 0 ? default : map.TryGet(text, out var there) ? there : FlowValue.Of(FlowMap.Empty);
        return FlowValue.Of(map.With(text, With(inner, rest, assigned)));
    }

    private FlowValue InList(FlowList list, FlowValue key, ReadOnlySpan<FlowValue> rest, FlowValue assigned)
    {
        if (key.Kind != FlowKind.Integer)
            throw FlowError.Type($"an index of the list '{name}' is an integer, found {Words.Of(key)}");
        var index = key.AsInteger();
        if (index < 0 || index >= list.Count)
            throw FlowError.Of(
                FlowTags.Index, $"index {index} is outside of the list '{name}' with {list.Count} elements");
        return FlowValue.Of(list.With((int)index, With(list[(int)index], rest, assigned)));
    }
}
