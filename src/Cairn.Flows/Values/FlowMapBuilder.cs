namespace Cairn.Flows.Values;

/// <summary>
/// Collects the entries of a new map; of equal keys the last value stands, at the place of the first.
/// </summary>
public sealed class FlowMapBuilder
{
    private const int LinearCount = 16;
    private readonly bool _isCaseFolding;
    private readonly List<string> _keys;
    private readonly List<FlowValue> _values;
    private Dictionary<string, int>? _places;

    /// <summary>A builder for about this many entries.</summary>
    public FlowMapBuilder(int capacity = 0, bool isCaseFolding = false)
    {
        _isCaseFolding = isCaseFolding;
        (_keys, _values) = (new List<string>(capacity), new List<FlowValue>(capacity));
    }

    private StringComparer Comparer => _isCaseFolding ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    /// <summary>Sets an entry.</summary>
    public void Set(string key, FlowValue value)
    {
        var place = Find(key);
        if (place >= 0)
        {
            _values[place] = value;
            return;
        }

        _places?.Add(key, _keys.Count);
        _keys.Add(key);
        _values.Add(value);
    }

    /// <summary>The map of all entries; throws <see cref="FlowError"/> past the bounds of values.</summary>
    public FlowMap ToMap() => _keys.Count == 0 && !_isCaseFolding
        ? FlowMap.Empty
        : FlowMap.From([.. _keys], [.. _values], _isCaseFolding);

    private int Find(string key)
    {
        if (_keys.Count < LinearCount)
            return _keys.FindIndex(known => Comparer.Equals(known, key));
        if (_places is null)
        {
            _places = new Dictionary<string, int>(Comparer);
            for (var i = 0; i < _keys.Count; i++)
                _places.Add(_keys[i], i);
        }

        return _places.TryGetValue(key, out var place) ? place : -1;
    }
}
