using System.Collections;

namespace Cairn.Flows.Values;

/// <summary>
/// An immutable list whose versions share their content: a tree of chunks of 32, the last of which is kept apart so
/// that appending costs no copy (the version that filled a chunk last may fill it further). Reading, setting and
/// appending cost about the logarithm of the length with base 32.
/// </summary>
public sealed class FlowList : FlowObject, IReadOnlyList<FlowValue>
{
    private const int Bits = 5;
    private const int Width = 1 << Bits;
    private const int Mask = Width - 1;

    /// <summary>The list without elements.</summary>
    public static readonly FlowList Empty = new(null, Bits, new Chunk([], 0), 0, 8, 1);

    // A tree of object[] with FlowValue[Width] as leaves; null while everything fits into the last chunk.
    private readonly object?[]? _root;
    private readonly int _shift;
    private readonly Chunk _last;

    private FlowList(object?[]? root, int shift, Chunk last, int count, long weight, int depth)
        : base(FlowKind.List)
    {
        (_root, _shift, _last, Count) = (root, shift, last, count);
        Weight = FlowBounds.CheckWeight(weight);
        Depth = FlowBounds.CheckDepth(depth);
    }

    /// <summary>The number of elements.</summary>
    public int Count { get; }

    internal override long Weight { get; }

    internal override int Depth { get; }

    private int LastStart => (Count - 1) & ~Mask;

    /// <summary>The element at a position from 0; throws ArgumentOutOfRangeException outside.</summary>
    public FlowValue this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            return _root is null ? _last.Items[index] : LeafOf(index)[index & Mask];
        }
    }

    /// <summary>A list of these elements; throws <see cref="FlowError"/> past the bounds of values.</summary>
    public static FlowList Of(params ReadOnlySpan<FlowValue> items)
    {
        if (items.Length <= Width)
            return Adopt(items.ToArray());
        var (weight, depth) = Measure(items);
        var lastStart = (items.Length - 1) & ~Mask;
        var last = items[lastStart..].ToArray();
        var (root, shift) = TreeOf(items[..lastStart]);
        return new FlowList(root, shift, new Chunk(last, last.Length), items.Length, weight, depth + 1);
    }

    /// <summary>A list over an array that nobody writes to any more.</summary>
    internal static FlowList Adopt(FlowValue[] items)
    {
        if (items.Length == 0)
            return Empty;
        if (items.Length > Width)
            return Of(items);
        var (weight, depth) = Measure(items);
        return new FlowList(null, Bits, new Chunk(items, items.Length), items.Length, weight, depth + 1);
    }

    private static (long Weight, int Depth) Measure(ReadOnlySpan<FlowValue> items)
    {
        var (weight, depth) = (8L, 0);
        foreach (var item in items)
        {
            weight += item.Weight;
            depth = Math.Max(depth, item.Depth);
        }

        return (weight, depth);
    }

    /// <summary>A list of these elements.</summary>
    public static FlowList From(IEnumerable<FlowValue> items) => Of([.. items]);

    /// <summary>The list with one more element at its end.</summary>
    public FlowList Add(FlowValue item)
    {
        var weight = Weight + item.Weight;
        var depth = Math.Max(Depth, item.Depth + 1);
        var used = Count == 0 ? 0 : Count - LastStart;
        if (used < Width)
            return new FlowList(_root, _shift, _last.With(used, item), Count + 1, weight, depth);
        var (root, shift) = Push(_root, _shift, LastStart, _last.Items);
        return new FlowList(root, shift, Chunk.Of(item), Count + 1, weight, depth);
    }

    /// <summary>The list with another element at a position; throws ArgumentOutOfRangeException outside.</summary>
    public FlowList With(int index, FlowValue item)
    {
        var old = this[index];
        var weight = Weight - old.Weight + item.Weight;
        var depth = Math.Max(Depth, item.Depth + 1);
        if (_root is null || index >= LastStart)
        {
            var items = _last.Items.AsSpan(0, Count - (Count == 0 ? 0 : LastStart)).ToArray();
            items[index & Mask] = item;
            return new FlowList(_root, _shift, new Chunk(items, items.Length), Count, weight, depth);
        }

        return new FlowList(Replace(_root, _shift, index, item), _shift, _last, Count, weight, depth);
    }

    /// <summary>The elements as an array of one's own.</summary>
    public FlowValue[] ToArray()
    {
        var items = new FlowValue[Count];
        for (var at = 0; at < Count; at += Width)
            ChunkAt(at).CopyTo(items.AsSpan(at));
        return items;
    }

    /// <summary>Walks the elements without allocating.</summary>
    public Enumerator GetEnumerator() => new(this);

    IEnumerator<FlowValue> IEnumerable<FlowValue>.GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable<FlowValue>)this).GetEnumerator();

    private ReadOnlySpan<FlowValue> ChunkAt(int start) => _root is null || start >= LastStart
        ? _last.Items.AsSpan(0, Count - LastStart)
        : LeafOf(start);

    private FlowValue[] LeafOf(int index)
    {
        if (index >= LastStart)
            return _last.Items;
        var node = _root!;
        for (var shift = _shift; shift > Bits; shift -= Bits)
            node = (object?[])node[(index >> shift) & Mask]!;
        return (FlowValue[])node[(index >> Bits) & Mask]!;
    }

    private static (object?[]? Root, int Shift) TreeOf(ReadOnlySpan<FlowValue> items)
    {
        (object?[]? Root, int Shift) tree = (null, Bits);
        if (items.Length == 0)
            return tree;
        var level = new object?[items.Length / Width];
        for (var i = 0; i < level.Length; i++)
            level[i] = items.Slice(i * Width, Width).ToArray();
        var shift = Bits;
        for (; level.Length > Width; shift += Bits)
        {
            var parents = new object?[(level.Length + Width - 1) / Width];
            for (var i = 0; i < parents.Length; i++)
                parents[i] = level.AsSpan(i * Width, Math.Min(Width, level.Length - i * Width)).ToArray();
            level = parents;
        }

        return (level, shift);
    }

    /// <summary>The tree with one more leaf at the position <paramref name="start"/>.</summary>
    private static (object?[] Root, int Shift) Push(object?[]? root, int shift, int start, FlowValue[] leaf)
    {
        if (root is null)
            return ([leaf], shift);
        // A full tree becomes the first child of a new root.
        if (start >> shift >= Width)
            return ([root, Path(shift, leaf)], shift + Bits);
        return (PushInto(root, shift, start, leaf), shift);
    }

    private static object?[] PushInto(object?[] node, int shift, int start, FlowValue[] leaf)
    {
        var at = (start >> shift) & Mask;
        var copy = new object?[Math.Max(node.Length, at + 1)];
        node.CopyTo(copy.AsSpan());
        if (shift == Bits)
            copy[at] = leaf;
        else
        {
            copy[at] = copy[at] is object?[] child
                ? PushInto(child, shift - Bits, start, leaf)
                : Path(shift - Bits, leaf);
        }

        return copy;
    }

    private static object?[] Path(int shift, FlowValue[] leaf) => shift == Bits ? [leaf] : [Path(shift - Bits, leaf)];

    private static object?[] Replace(object?[] node, int shift, int index, FlowValue item)
    {
        var copy = (object?[])node.Clone();
        var at = (index >> shift) & Mask;
        if (shift > Bits)
        {
            copy[at] = Replace((object?[])node[at]!, shift - Bits, index, item);
            return copy;
        }

        var leaf = (FlowValue[])((FlowValue[])node[at]!).Clone();
        leaf[index & Mask] = item;
        copy[at] = leaf;
        return copy;
    }

    /// <summary>The last elements of several versions; its front up to a version's count is that version's.</summary>
    private sealed class Chunk(FlowValue[] items, int used)
    {
        private int _used = used;

        public FlowValue[] Items { get; } = items;

        public static Chunk Of(FlowValue item)
        {
            var items = new FlowValue[Width];
            items[0] = item;
            return new Chunk(items, 1);
        }

        /// <summary>
        /// A chunk whose element at <paramref name="at"/> is this one: itself, when nobody has used that place yet.
        /// Versions may be on several threads (constants of a flow are), hence the exchange.
        /// </summary>
        public Chunk With(int at, FlowValue item)
        {
            if (at < Items.Length && Interlocked.CompareExchange(ref _used, at + 1, at) == at)
            {
                Items[at] = item;
                return this;
            }

            var copy = new FlowValue[at < 4 ? 4 : Math.Min(Width, at * 2)];
            Items.AsSpan(0, at).CopyTo(copy);
            copy[at] = item;
            return new Chunk(copy, at + 1);
        }
    }

    /// <summary>Walks a list.</summary>
    public struct Enumerator
    {
        private readonly FlowList _list;
        private FlowValue[] _chunk;
        private int _index;

        internal Enumerator(FlowList list) => (_list, _chunk, _index) = (list, [], -1);

        /// <summary>The element.</summary>
        public readonly FlowValue Current => _chunk[_index & Mask];

        /// <summary>Goes to the next element.</summary>
        public bool MoveNext()
        {
            if (++_index >= _list.Count)
                return false;
            if ((_index & Mask) == 0)
                _chunk = _list._root is null ? _list._last.Items : _list.LeafOf(_index);
            return true;
        }
    }
}
