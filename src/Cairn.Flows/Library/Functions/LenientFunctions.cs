using System.Security.Cryptography;
using Cairn.Flows.Values;
using static Cairn.Flows.Library.Signatures;

namespace Cairn.Flows.Library.Functions;

/// <summary>Functions that flows call and the language does not have (T09; spec/workflows.md 3.6).</summary>
internal static class LenientFunctions
{
    /// <summary>2^63 has 63 squarings at most; a larger exponent than this overflows or stays at -1, 0 or 1.</summary>
    private const long LargestExponent = 64;

    private static readonly CallParameter Text = Needs("source", FlowKind.String);

    public static PureFunction[] All { get; } =
    [
        Lenient("text.lower", Marking.Scalars, [Text], static (in a) => FlowValue.Of(a.Text(0).ToLowerInvariant())),
        Lenient("text.contains", Marking.Scalars, [Text, Needs("substr", FlowKind.String)], static (in a) =>
            FlowValue.Of(a.Text(0).Contains(a.Text(1), StringComparison.Ordinal))),
        Lenient("text.trim", Marking.Scalars, [Text], static (in a) => FlowValue.Of(a.Text(0).Trim())),
        Lenient("text.md5", Marking.Scalars, [Text], Md5),
        Lenient("list.contains", Marking.Moves, [Needs("objs", FlowKind.List), Needs("val")], Contains),
        Lenient("math.pow", Marking.Scalars, [Needs("x", FlowKind.Integer, FlowKind.Double), Needs("y")], Power),
        Lenient("sys.random", Marking.Scalars, [], Random),
        // The form of three arguments; that of two is the language's.
        Lenient("map.get", Marking.Moves, [Needs("map"), Needs("keys"), Needs("default")], static (in a) =>
            ListFunctions.Get(a) is { IsNull: false } value ? value : a[2]),
    ];

    private static FlowValue Md5(scoped in Arguments a)
    {
#pragma warning disable CA5351 // The name says what is asked for: a fingerprint.
        return FlowValue.Of(Convert.ToHexStringLower(MD5.HashData(a.BytesOrText(0).Span)));
#pragma warning restore CA5351
    }

    private static FlowValue Contains(scoped in Arguments a)
    {
        var list = a.List(0);
        a.Evaluation.Spend(list.Weight / 8);
        foreach (var item in list)
        {
            if (item.Equals(a[1]))
                return FlowValue.True;
        }

        return FlowValue.False;
    }

    private static FlowValue Power(scoped in Arguments a)
    {
        var (x, y) = (a.Number(0), a.Number(1));
        return x.Kind == FlowKind.Integer && y.Kind == FlowKind.Integer && y.AsInteger() >= 0
            && WholePower(x.AsInteger(), y.AsInteger()) is { } whole
                ? FlowValue.Of(whole)
                : FlowValue.Of(Math.Pow(x.AsDouble(), y.AsDouble()));
    }

    private static long? WholePower(long value, long exponent)
    {
        if (value is 0 or 1 or -1)
            return exponent == 0 ? 1 : value == -1 && exponent % 2 == 0 ? 1 : value;
        if (exponent > LargestExponent)
            return null;
        var power = System.Numerics.BigInteger.Pow(value, (int)exponent);
        return power >= long.MinValue && power <= long.MaxValue ? (long)power : null;
    }

    /// <summary>Uniform in [0, 1): 53 of the random bits.</summary>
    private static FlowValue Random(scoped in Arguments a) =>
        FlowValue.Of((ulong)(a.Evaluation.Inputs.NextRandom() >> 75) * Math.Pow(2, -53));
}
