namespace Cairn.Graphs.Templates.Values;

/// <summary>The bounds of <c>x[start:stop:step]</c>; null stands for None.</summary>
internal sealed class PySlice(PyValue? start, PyValue? stop, PyValue? step)
{
    public string Repr(Fuel fuel) => $"slice({Repr(start, fuel)}, {Repr(stop, fuel)}, {Repr(step, fuel)})";

    /// <summary>Python's slice.indices: where to begin, the stride, and how many items there are.</summary>
    public (long Start, long Step, long Count) Resolve(long length)
    {
        var stride = Bound(step) ?? 1;
        if (stride == 0)
            throw PyException.Value("slice step cannot be zero");
        var low = stride < 0 ? -1 : 0;
        var high = stride < 0 ? length - 1 : length;
        var from = Clamp(Bound(start), length, low, high) ?? (stride < 0 ? high : low);
        var to = Clamp(Bound(stop), length, low, high) ?? (stride < 0 ? low : high);
        var distance = stride > 0 ? to - from : from - to;
        var size = stride > 0 ? (ulong)stride : (ulong)-stride;
        return (from, stride, distance <= 0 ? 0 : (long)(((ulong)distance - 1) / size) + 1);
    }

    private static long? Clamp(long? bound, long length, long low, long high)
    {
        if (bound is not { } value)
            return null;
        if (value < 0)
            value += length;
        return Math.Min(Math.Max(value, low), high);
    }

    private static string Repr(PyValue? bound, Fuel fuel) => (bound ?? PyValue.None).Repr(fuel);

    private static long? Bound(PyValue? bound)
    {
        if (bound is null or PyNone)
            return null;
        if (bound is not PyInteger integer)
            throw PyException.Type("slice indices must be integers or None or have an __index__ method");
        if (integer.TrySmall(out var small))
            return Math.Max(-long.MaxValue / 2, Math.Min(long.MaxValue / 2, small));
        return integer.Big.Sign < 0 ? -long.MaxValue / 2 : long.MaxValue / 2;
    }
}
