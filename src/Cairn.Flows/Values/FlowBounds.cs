namespace Cairn.Flows.Values;

/// <summary>
/// Bounds that no value passes, whatever the run's own limits are: they keep every recursion over a value within the
/// stack, and every walk over one within memory and time. Passing one raises a ResourceLimitError.
/// </summary>
public static class FlowBounds
{
    /// <summary>Lists and maps inside each other.</summary>
    public const int Depth = 400;

    /// <summary>Bytes by the language's cost model; a part that is shared counts each time it appears.</summary>
    public const long Weight = 64L << 20;

    /// <summary>Characters of one text, bytes of one bytes value.</summary>
    public const int Length = 16 << 20;

    internal static int CheckDepth(int depth) => depth <= Depth
        ? depth
        : throw FlowError.Of(FlowTags.ResourceLimit, $"lists and maps nest deeper than {Depth}");

    internal static long CheckWeight(long weight) => weight <= Weight
        ? weight
        : throw FlowError.Of(FlowTags.ResourceLimit, $"a value grew past {Weight >> 20} MiB");

    internal static void CheckLength(long length)
    {
        if (length > Length)
            throw FlowError.Of(FlowTags.ResourceLimit, $"a text grew past {Length >> 20} Mi characters");
    }
}
