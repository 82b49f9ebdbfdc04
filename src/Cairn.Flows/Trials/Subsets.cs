using Cairn.Flows.Values;

namespace Cairn.Flows.Trials;

/// <summary>Compares values of which a test names only a part.</summary>
internal static class Subsets
{
    /// <summary>
    /// Whether a value has at least what is wanted: of a map the named keys, of everything else all.
    /// </summary>
    public static bool Holds(FlowValue wanted, FlowValue found)
    {
        if (wanted.Kind != FlowKind.Map || found.Kind != FlowKind.Map) return wanted == found;
        foreach (var (key, value) in wanted.AsMap())
            if (!found.AsMap().TryGet(key, out var there) || !Holds(value, there)) return false;
        return true;
    }
}
