using System.Numerics;
using System.Text;
using Cairn.Graphs.Templates.Callables;

namespace Cairn.Graphs.Templates.Values;

/// <summary>A Python range of at most <see cref="Limit"/> items, the sandbox's limit.</summary>
internal sealed class PyRange(BigInteger start, BigInteger stop, BigInteger step, int count) : PyValue
{
    public const int Limit = 100_000;

    /// <summary>Start and step below this keep every item within 64 bits.</summary>
    private const long SmallBound = 1L << 40;

    private readonly bool isSmall = BigInteger.Abs(start) < SmallBound && BigInteger.Abs(step) < SmallBound;
    private readonly long smallStart = (long)BigInteger.Remainder(start, SmallBound);
    private readonly long smallStep = (long)BigInteger.Remainder(step, SmallBound);

    public override string TypeName => "range";

    public override bool IsIterable => true;

    public override bool HasLength => true;

    public override bool HasItems => true;

    public int Count => count;

    public static PyRange Of(BigInteger start, BigInteger stop, BigInteger step)
    {
        if (step.IsZero)
            throw PyException.Value("range() arg 3 must not be zero");
        var distance = step.Sign > 0 ? stop - start : start - stop;
        var count = distance.Sign <= 0 ? 0 : ((distance - 1) / BigInteger.Abs(step)) + 1;
        if (count > long.MaxValue)
            throw new PyException(PyErrorKind.OverflowError, "Python int too large to convert to C ssize_t");
        if (count > Limit)
        {
            throw new PyException(
                PyErrorKind.OverflowError,
                $"Range too big. The sandbox blocks ranges larger than MAX_RANGE ({Limit}).");
        }

        return new PyRange(start, stop, step, (int)count);
    }

    public override bool Truth() => count > 0;

    public override long Length(Fuel fuel) => count;

    public PyValue At(long index) =>
        isSmall ? PyInt.Of(smallStart + (smallStep * index)) : PyInteger.Of(start + (step * index));

    public override IEnumerator<PyValue> Iterate()
    {
        for (var i = 0; i < count; i++)
            yield return At(i);
    }

    public override PyValue? Item(PyValue key, Fuel fuel)
    {
        if (key is not PyInteger integer || !integer.TrySmall(out var index))
            return null;
        if (index < 0)
            index += count;
        return index < 0 || index >= count ? null : At(index);
    }

    public override PyValue Slice(PySlice slice, Fuel fuel)
    {
        var (from, stride, size) = slice.Resolve(count);
        var first = start + (step * from);
        return new PyRange(first, first + (step * stride * size), step * stride, (int)size);
    }

    public override PyValue? Attribute(string name) => name switch
    {
        "start" => PyInteger.Of(start),
        "stop" => PyInteger.Of(stop),
        "step" => PyInteger.Of(step),
        _ => ListMethods.FindOnRange(this, name),
    };

    public override bool EqualTo(PyValue other, Fuel fuel) =>
        other is PyRange range && range.Count == count
        && (count == 0 || (Comparison.Same(At(0), range.At(0), fuel)
            && Comparison.Same(At(count - 1), range.At(count - 1), fuel)));

    public override int Hash() => HashCode.Combine(count, count > 0 ? start : 0, count > 1 ? step : 0);

    public override void WriteRepr(StringBuilder text, Fuel fuel)
    {
        text.Append("range(").Append(start).Append(", ").Append(stop);
        if (!step.IsOne)
            text.Append(", ").Append(step);
        text.Append(')');
    }
}
