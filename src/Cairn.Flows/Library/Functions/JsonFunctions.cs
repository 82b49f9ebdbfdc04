using System.Text;
using Cairn.Flows.Values;
using static Cairn.Flows.Library.Signatures;

namespace Cairn.Flows.Library.Functions;

/// <summary>`json.*` (spec/workflows.md 3.1).</summary>
internal static class JsonFunctions
{
    private const string UsualIndent = "    ";

    private static readonly CallParameter[] EncodeParameters =
    [
        Needs("data"), May("indent", FlowValue.False, FlowKind.Boolean, FlowKind.Map),
    ];

    public static PureFunction[] All { get; } =
    [
        Pure("json.decode", Marking.Scalars, [Needs("data", FlowKind.Bytes, FlowKind.String)], Decode),
        Pure("json.encode", Marking.Deep, EncodeParameters, static (in a) => FlowValue.Of(Encode(a).AsMemory())),
        Pure("json.encode_to_string", Marking.Deep, EncodeParameters, static (in a) =>
            FlowValue.Of(Encoding.UTF8.GetString(Encode(a)))),
    ];

    private static FlowValue Decode(scoped in Arguments a)
    {
        switch (a[0].Kind)
        {
            case FlowKind.Bytes:
                return Parse(a, a.Bytes(0).Span);
            case FlowKind.String when a.IsLenient && a[0].AsText().Length == 0:
                return FlowValue.Null;
            case FlowKind.String:
                return Parse(a, Encoding.UTF8.GetBytes(a.Text(0)));
            case FlowKind.Map or FlowKind.List or FlowKind.Null when a.IsLenient:
                return a[0];
            default:
                throw a.Wrong(0, "bytes or a string");
        }
    }

    private static FlowValue Parse(scoped in Arguments a, ReadOnlySpan<byte> json) =>
        json.IsEmpty && a.IsLenient ? FlowValue.Null : PublicJson.Decode(json);

    private static byte[] Encode(scoped in Arguments a)
    {
        a.Evaluation.Spend(a[0].Weight);
        var indent = a[1];
        if (indent.Kind == FlowKind.Map)
        {
            return PublicJson.EncodeIndented(
                a[0], Part(a, indent.AsMap(), "prefix", ""), Part(a, indent.AsMap(), "indent", UsualIndent),
                a.IsLenient);
        }

        if (indent.Kind != FlowKind.Boolean)
            throw a.Wrong(1, "a boolean or a map");
        return indent.AsBoolean()
            ? PublicJson.EncodeIndented(a[0], "", UsualIndent, a.IsLenient)
            : PublicJson.Encode(a[0], a.IsLenient);
    }

    private static string Part(scoped in Arguments a, FlowMap indent, string name, string usual)
    {
        if (!indent.TryGet(name, out var part))
            return usual;
        return part.Kind == FlowKind.String ? part.AsText() : throw a.Wrong(1, $"a map whose {name} is a string");
    }
}
