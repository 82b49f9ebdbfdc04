using Cairn.Engine.Secrets;
using Cairn.Flows.Values;

namespace Cairn.Flows.Expressions.Nodes;

/// <summary>`target.name`.</summary>
internal sealed class MemberNode(Node target, string name, SourceSpan span) : Node(span)
{
    // Where the key was found last; races between threads only cost a search.
    private int _hint;

    public override FlowValue Evaluate(Evaluation evaluation)
    {
        var container = target.Evaluate(evaluation);
        if (container.Map is { } map)
        {
            var hint = _hint;
            if (map.TryGet(name, ref hint, out var value))
            {
                if (hint != _hint)
                    _hint = hint;
                return value;
            }
        }

        return IndexNode.Missing(container, name, evaluation, Span);
    }
}

/// <summary>`target[index]` (spec/workflows.md 2.5, with T11 and T15 under leniency).</summary>
internal sealed class IndexNode(Node target, Node at, SourceSpan span) : Node(span)
{
    public override FlowValue Evaluate(Evaluation evaluation)
    {
        var container = target.Evaluate(evaluation);
        var index = at.Evaluate(evaluation);
        if (container.List is { } list)
            return Element(list, index);
        if (ComparisonNode.KeyOf(index, evaluation) is { } key)
        {
            if (container.Map is { } map && map.TryGet(key, out var value))
                return value;
            return Missing(container, index.Secret is { } name ? MarkedJson.Shown(name) : key, evaluation, Span);
        }

        if (container.IsNull && evaluation.IsLenient)
            return FlowValue.Null;
        throw Refused(container, index);
    }

    /// <summary>What reading a key gives that is not there, or of something that has no keys.</summary>
    public static FlowValue Missing(FlowValue container, string key, Evaluation evaluation, SourceSpan span)
    {
        if (evaluation.IsLenient)
        {
            switch (container.Kind)
            {
                case FlowKind.String when container.IsCaughtText:
                    return OfCaughtText(container, key);
                case FlowKind.Map or FlowKind.Null or FlowKind.String or FlowKind.Bytes:
                    return FlowValue.Null;
            }
        }

        throw container.Kind == FlowKind.Map
            ? FlowError.Of(FlowTags.Key, $"key not found: {key}").At(span)
            : FlowError.Type($"{KindNames.Of(container)} has no member {key}").At(span);
    }

    private static FlowValue OfCaughtText(FlowValue text, string key) => key switch
    {
        "message" => FlowValue.Tagged(text.Plain, text.Secret, isCaught: false),
        "tags" => FlowValue.Of(FlowList.Empty),
        _ => FlowValue.Null,
    };

    private FlowValue Element(FlowList list, FlowValue index)
    {
        if (index.Kind != FlowKind.Integer)
            throw FlowError.Type($"the index of a list must be an integer, not {KindNames.Of(index)}").At(Span);
        var position = index.AsInteger();
        return (ulong)position < (ulong)list.Count
            ? list[(int)position]
            : throw FlowError.Of(
                FlowTags.Index, $"index {position} is outside of a list of {list.Count}").At(Span);
    }

    private FlowError Refused(FlowValue container, FlowValue index) => container.Kind switch
    {
        FlowKind.Map => FlowError.Type($"the key of a map must be a string, not {KindNames.Of(index)}").At(Span),
        FlowKind.String => FlowError.Type("a string has no index: use text.substring").At(Span),
        _ => FlowError.Type($"{KindNames.Of(container)} has no index").At(Span),
    };
}
