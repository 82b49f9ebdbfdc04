using System.Globalization;
using Cairn.Flows.Values;
using static Cairn.Flows.Library.Signatures;

namespace Cairn.Flows.Library.Functions;

/// <summary>
/// `sys.get_env`, `sys.now`, `uuid.generate` (spec/workflows.md 3.1, 3.2): pure in that all they see comes with the
/// event or is pinned in the run.
/// </summary>
internal static class SystemFunctions
{
    public static PureFunction[] All { get; } =
    [
        Pure(
            "sys.get_env", Marking.Scalars, [Needs("name", FlowKind.String), May("default", default, FlowKind.String)],
            Environment),
        Pure("sys.now", Marking.Scalars, [], static (in a) => FlowValue.Of(a.Evaluation.Inputs.Now())),
        Pure("uuid.generate", Marking.Scalars, [], Uuid),
    ];

    private static FlowValue Environment(scoped in Arguments a)
    {
        var name = a.Text(0);
        if (a[1].Kind is not (FlowKind.String or FlowKind.Null))
            throw a.Wrong(1, "a string");
        return a.Evaluation.Inputs.Environment(name) is { } value ? FlowValue.Of(value) : a[1];
    }

    /// <summary>A random uuid (RFC 9562, version 4).</summary>
    private static FlowValue Uuid(scoped in Arguments a)
    {
        var bits = a.Evaluation.Inputs.NextRandom();
        bits = (bits & ~((UInt128)0xF << 76)) | ((UInt128)4 << 76);
        bits = (bits & ~((UInt128)3 << 62)) | ((UInt128)2 << 62);
        var digits = bits.ToString("x32", CultureInfo.InvariantCulture);
        return FlowValue.Of($"{digits[..8]}-{digits[8..12]}-{digits[12..16]}-{digits[16..20]}-{digits[20..]}");
    }
}
