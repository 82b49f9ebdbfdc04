namespace Cairn.Flows.Values;

/// <summary>Equality and order of values (spec/workflows.md 2.4).</summary>
internal static class Comparison
{
    private const double TwoTo63 = 9223372036854775808.0;

    /// <summary>Deep equality: numbers by value, different kinds unequal, maps without regard to order.</summary>
    public static bool AreEqual(FlowValue left, FlowValue right)
    {
        if (left.IsPlainInteger && right.IsPlainInteger)
            return left.RawInteger == right.RawInteger;
        if (left.PlainText is { } a && right.PlainText is { } b)
            return string.Equals(a, b);
        if (left.IsTagged || right.IsTagged)
            return AreEqual(left.Plain, right.Plain);
        var kind = left.Kind;
        if (kind != right.Kind)
        {
            return (kind, right.Kind) switch
            {
                (FlowKind.Integer, FlowKind.Double) => Compare(left.RawInteger, right.RawDouble) == 0,
                (FlowKind.Double, FlowKind.Integer) => Compare(right.RawInteger, left.RawDouble) == 0,
                _ => false,
            };
        }

        return kind switch
        {
            FlowKind.Null or FlowKind.Unassigned => true,
            FlowKind.Boolean => left.AsBoolean() == right.AsBoolean(),
            FlowKind.Integer => left.RawInteger == right.RawInteger,
            FlowKind.Double => left.RawDouble.Equals(right.RawDouble) && !double.IsNaN(left.RawDouble),
            FlowKind.String => string.Equals(left.PlainText, right.PlainText),
            FlowKind.Bytes => left.AsBytes().Span.SequenceEqual(right.AsBytes().Span),
            FlowKind.Function => left.AsFunction() == right.AsFunction(),
            FlowKind.List => AreEqual(left.AsList(), right.AsList()),
            FlowKind.Map => AreEqual(left.AsMap(), right.AsMap()),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>
    /// -1, 0 or 1 for an integer beside a double, exactly: no integer is rounded. NaN gives 2, which is no order.
    /// </summary>
    public static int Compare(long left, double right)
    {
        if (double.IsNaN(right))
            return 2;
        if (right >= TwoTo63)
            return -1;
        if (right < -TwoTo63)
            return 1;
        var whole = Math.Truncate(right);
        var order = left.CompareTo((long)whole);
        return order != 0 ? order : Math.Sign(whole - right);
    }

    /// <summary>The order of two texts by code points, which UTF-16 units alone do not give.</summary>
    public static int CompareTexts(string left, string right)
    {
        var length = Math.Min(left.Length, right.Length);
        var at = left.AsSpan(0, length).CommonPrefixLength(right);
        if (at == length)
            return left.Length.CompareTo(right.Length);
        var (a, b) = (left[at], right[at]);
        // Only a surrogate is larger than what it compares with as a unit though it stands for a larger code point.
        if (char.IsSurrogate(a) != char.IsSurrogate(b))
            return char.IsSurrogate(a) ? 1 : -1;
        return a < b ? -1 : 1;
    }

    public static int HashOf(FlowValue value)
    {
        var plain = value.Plain;
        return plain.Kind switch
        {
            FlowKind.Boolean => plain.AsBoolean() ? 1 : 2,
            FlowKind.Integer => ((double)plain.RawInteger).GetHashCode(),
            FlowKind.Double => plain.RawDouble.GetHashCode(),
            FlowKind.String => StringComparer.Ordinal.GetHashCode(plain.AsText()),
            FlowKind.List => plain.AsList().Count,
            FlowKind.Map => plain.AsMap().Count,
            FlowKind.Bytes => plain.AsBytes().Length,
            _ => 0,
        };
    }

    private static bool AreEqual(FlowList left, FlowList right)
    {
        if (left.Count != right.Count)
            return false;
        for (var i = 0; i < left.Count; i++)
        {
            if (!AreEqual(left[i], right[i]))
                return false;
        }

        return true;
    }

    private static bool AreEqual(FlowMap left, FlowMap right)
    {
        if (left.Count != right.Count)
            return false;
        foreach (var (key, value) in left)
        {
            if (!right.TryGet(key, out var other) || !AreEqual(value, other))
                return false;
        }

        return true;
    }
}
