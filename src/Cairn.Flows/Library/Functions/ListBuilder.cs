using System.Runtime.InteropServices;
using Cairn.Flows.Expressions;
using Cairn.Flows.Values;

namespace Cairn.Flows.Library.Functions;

/// <summary>Collects the elements of a new list; stops as soon as they pass the bounds of values.</summary>
internal sealed class ListBuilder(Evaluation evaluation)
{
    private readonly List<FlowValue> _items = [];
    private long _weight;

    public void Add(FlowValue item)
    {
        // An element costs more memory than its weight says.
        evaluation.Spend(8);
        _weight = FlowBounds.CheckWeight(_weight + item.Weight);
        _items.Add(item);
    }

    public FlowValue ToValue() => FlowValue.Of(FlowList.Of(CollectionsMarshal.AsSpan(_items)));
}
