using System.Diagnostics.CodeAnalysis;

namespace Cairn.Engine.Shells;

/// <summary>
/// Values by the sequence of their effect, in its order. Sequences come in rising order and leave in any, so it is one
/// array with gaps, closed up when they outnumber the values: a wide run costs no tree and no rebalancing.
/// </summary>
internal sealed class SequenceTable<T>
    where T : class
{
    private const int FewestSlots = 4;
    private long[] _keys = new long[FewestSlots];
    private T?[] _values = new T?[FewestSlots];
    private int _used;

    public int Count { get; private set; }

    /// <summary>The room that it takes.</summary>
    public int Slots => _keys.Length;

    /// <summary>In the order of their sequences. The table must not change meanwhile.</summary>
    public IEnumerable<T> Values
    {
        get
        {
            for (var i = 0; i < _used; i++)
                if (_values[i] is { } value) yield return value;
        }
    }

    /// <summary>Adds a value, or takes the place of the one that has the sequence.</summary>
    public void Set(long sequence, T value)
    {
        var slot = _used > 0 && sequence > _keys[_used - 1] ? ~_used : Array.BinarySearch(_keys, 0, _used, sequence);
        if (slot < 0) slot = Insert(~slot, sequence);
        if (_values[slot] is null) Count++;
        _values[slot] = value;
    }

    public bool TryGet(long sequence, [NotNullWhen(true)] out T? value)
    {
        var slot = Array.BinarySearch(_keys, 0, _used, sequence);
        value = slot < 0 ? null : _values[slot];
        return value is not null;
    }

    public bool Has(long sequence) => TryGet(sequence, out _);

    public bool Remove(long sequence)
    {
        var slot = Array.BinarySearch(_keys, 0, _used, sequence);
        if (slot < 0 || _values[slot] is null) return false;
        _values[slot] = null;
        Count--;
        if (_used > FewestSlots && Count < _used / 2) CloseUp();
        return true;
    }

    /// <summary>Makes room for a sequence; the slot that it has got.</summary>
    private int Insert(int slot, long sequence)
    {
        if (_used == _keys.Length) slot = MakeRoom(slot);
        if (slot < _used)
        {
            Array.Copy(_keys, slot, _keys, slot + 1, _used - slot);
            Array.Copy(_values, slot, _values, slot + 1, _used - slot);
        }

        (_keys[slot], _values[slot]) = (sequence, null);
        _used++;
        return slot;
    }

    private int MakeRoom(int slot)
    {
        var isLast = slot == _used;
        if (isLast && Count < _used) CloseUp();
        if (_used == _keys.Length)
        {
            Array.Resize(ref _keys, _used * 2);
            Array.Resize(ref _values, _used * 2);
        }

        return isLast ? _used : slot;
    }

    private void CloseUp()
    {
        var kept = 0;
        for (var i = 0; i < _used; i++)
        {
            if (_values[i] is not { } value) continue;
            (_keys[kept], _values[kept]) = (_keys[i], value);
            kept++;
        }

        Array.Clear(_values, kept, _used - kept);
        _used = kept;
        if (_keys.Length <= FewestSlots || kept > _keys.Length / 4) return;
        Array.Resize(ref _keys, Math.Max(FewestSlots, kept * 2));
        Array.Resize(ref _values, _keys.Length);
    }
}
