using System.Collections;

namespace Cairn.Flows.Values;

/// <summary>
/// An immutable map with text keys in the order of their insertion, whose versions share their content. Up to 16
/// entries stand in plain arrays; more are found through a hash tree, so that setting one entry costs no copy of all.
/// The order never follows a hash.
/// </summary>
public sealed class FlowMap : FlowObject, IReadOnlyCollection<KeyValuePair<string, FlowValue>>
{
    private const int SmallCount = 16;

    /// <summary>The map without entries.</summary>
    public static readonly FlowMap Empty = new([], [], foldsCase: false);

    // Small maps: both arrays, of equal length. Large ones: the tree gives positions in the two lists, where a removed
    // entry leaves a key that is unassigned.
    private readonly string[] _keys = [];
    private readonly FlowValue[] _values = [];
    private readonly FlowMapIndex? _index;
    private readonly FlowList _keyList = FlowList.Empty;
    private readonly FlowList _valueList = FlowList.Empty;

    private FlowMap(string[] keys, FlowValue[] values, bool foldsCase)
        : base(FlowKind.Map)
    {
        (_keys, _values, Count, IsCaseFolding) = (keys, values, keys.Length, foldsCase);
        var (weight, depth) = (8L, 0);
        for (var i = 0; i < keys.Length; i++)
            (weight, depth) = (weight + 8 + keys[i].Length + values[i].Weight, Math.Max(depth, values[i].Depth));
        Weight = FlowBounds.CheckWeight(weight);
        Depth = FlowBounds.CheckDepth(depth + 1);
    }

    private FlowMap(FlowMapIndex index, FlowList keys, FlowList values, int count)
        : base(FlowKind.Map)
    {
        (_index, _keyList, _valueList, Count, IsCaseFolding) = (index, keys, values, count, index.IsCaseFolding);
        // A removed entry still weighs 16 in the two lists.
        Weight = FlowBounds.CheckWeight(keys.Weight + values.Weight - 8 - (16L * (keys.Count - count)));
        Depth = values.Depth;
    }

    /// <summary>The number of entries.</summary>
    public int Count { get; }

    /// <summary>Whether keys are found in any case, as names of HTTP headers are under leniency (T19).</summary>
    public bool IsCaseFolding { get; }

    internal override long Weight { get; }

    internal override int Depth { get; }

    /// <summary>The keys, in order.</summary>
    public IEnumerable<string> Keys => this.Select(static entry => entry.Key);

    /// <summary>A map of these entries; of equal keys the last value stands, at the place of the first.</summary>
    public static FlowMap Of(params ReadOnlySpan<(string Key, FlowValue Value)> entries)
    {
        var builder = new FlowMapBuilder(entries.Length);
        foreach (var (key, value) in entries)
            builder.Set(key, value);
        return builder.ToMap();
    }

    /// <summary>The value of a key; false when there is none.</summary>
    public bool TryGet(string key, out FlowValue value)
    {
        var hint = 0;
        return TryGet(key, ref hint, out value);
    }

    /// <summary>Whether there is such a key.</summary>
    public bool Has(string key) => TryGet(key, out _);

    /// <summary>The value of a key, or null.</summary>
    public FlowValue Get(string key) => TryGet(key, out var value) ? value : FlowValue.Null;

    /// <summary>The map with this entry: at its old place when the key is there, else at the end.</summary>
    public FlowMap With(string key, FlowValue value)
    {
        if (_index is { } index)
        {
            return index.Find(key) is var at and >= 0
                ? new FlowMap(index, _keyList, _valueList.With(at, value), Count)
                : new FlowMap(
                    index.With(key, _keyList.Count), _keyList.Add(FlowValue.Of(key)), _valueList.Add(value), Count + 1);
        }

        var place = Find(key);
        if (place >= 0)
        {
            var values = (FlowValue[])_values.Clone();
            values[place] = value;
            return new FlowMap(_keys, values, IsCaseFolding);
        }

        return Count < SmallCount
            ? new FlowMap([.. _keys, key], [.. _values, value], IsCaseFolding)
            : Large(_keys, _values, IsCaseFolding).With(key, value);
    }

    /// <summary>The map without this key; the same map when it has none.</summary>
    public FlowMap Without(string key)
    {
        if (!Has(key))
            return this;
        if (_index is null)
        {
            var place = Find(key);
            return new FlowMap(
                [.. _keys[..place], .. _keys[(place + 1)..]], [.. _values[..place], .. _values[(place + 1)..]],
                IsCaseFolding);
        }

        var at = _index.Find(key);
        var smaller = new FlowMap(
            _index.Without(key), _keyList.With(at, FlowValue.Unassigned), _valueList.With(at, FlowValue.Null),
            Count - 1);
        // Without this, a map used as a queue would grow for ever.
        return smaller.Count * 2 < smaller._keyList.Count ? smaller.Rebuilt(IsCaseFolding) : smaller;
    }

    /// <summary>The same entries, found in any case or only in theirs.</summary>
    public FlowMap Folding(bool isCaseFolding) => isCaseFolding == IsCaseFolding ? this : Rebuilt(isCaseFolding);

    /// <summary>Walks the entries in order, without allocating.</summary>
    public Enumerator GetEnumerator() => new(this);

    IEnumerator<KeyValuePair<string, FlowValue>> IEnumerable<KeyValuePair<string, FlowValue>>.GetEnumerator()
    {
        foreach (var entry in this)
            yield return entry;
    }

    IEnumerator IEnumerable.GetEnumerator() =>
        ((IEnumerable<KeyValuePair<string, FlowValue>>)this).GetEnumerator();

    internal static FlowMap From(string[] keys, FlowValue[] values, bool isCaseFolding) =>
        keys.Length <= SmallCount ? new FlowMap(keys, values, isCaseFolding) : Large(keys, values, isCaseFolding);

    /// <summary>
    /// Like <see cref="TryGet(string, out FlowValue)"/>; <paramref name="hint"/> is where the caller found the key in
    /// the last map it asked, which is often the same place.
    /// </summary>
    internal bool TryGet(string key, ref int hint, out FlowValue value)
    {
        var keys = _keys;
        if ((uint)hint < (uint)keys.Length && string.Equals(keys[hint], key))
        {
            value = _values[hint];
            return true;
        }

        if (_index is { } index)
        {
            var at = index.Find(key);
            value = at < 0 ? default : _valueList[at];
            return at >= 0;
        }

        var place = Find(key);
        if (place < 0)
        {
            value = default;
            return false;
        }

        hint = place;
        value = _values[place];
        return true;
    }

    private int Find(string key)
    {
        var keys = _keys;
        var comparison = IsCaseFolding ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        for (var i = 0; i < keys.Length; i++)
        {
            if (IsCaseFolding ? string.Equals(keys[i], key, comparison) : string.Equals(keys[i], key))
                return i;
        }

        return -1;
    }

    private static FlowMap Large(string[] keys, FlowValue[] values, bool isCaseFolding)
    {
        var index = FlowMapIndex.Empty(isCaseFolding);
        for (var i = 0; i < keys.Length; i++)
            index = index.With(keys[i], i);
        return new FlowMap(
            index, FlowList.Of(Array.ConvertAll(keys, static key => FlowValue.Of(key))), FlowList.Of(values),
            keys.Length);
    }

    private FlowMap Rebuilt(bool isCaseFolding)
    {
        var builder = new FlowMapBuilder(Count, isCaseFolding);
        foreach (var (key, value) in this)
            builder.Set(key, value);
        return builder.ToMap();
    }

    /// <summary>Walks a map.</summary>
    public struct Enumerator
    {
        private readonly FlowMap _map;
        private int _at;

        internal Enumerator(FlowMap map) => (_map, _at) = (map, -1);

        /// <summary>The entry.</summary>
        public readonly KeyValuePair<string, FlowValue> Current => _map._index is null
            ? new(_map._keys[_at], _map._values[_at])
            : new(_map._keyList[_at].AsText(), _map._valueList[_at]);

        /// <summary>Goes to the next entry.</summary>
        public bool MoveNext()
        {
            if (_map._index is null)
                return ++_at < _map._keys.Length;
            do
                _at++;
            while (_at < _map._keyList.Count && _map._keyList[_at].IsUnassigned);
            return _at < _map._keyList.Count;
        }
    }
}
