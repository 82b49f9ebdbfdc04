using Cairn.Flows.Library.Functions;
using Cairn.Flows.Values;
using static Cairn.Flows.Library.Signatures;

namespace Cairn.Flows.Library;

/// <summary>The standard library (spec/workflows.md 2.6, 3 and 5).</summary>
internal static class StandardTable
{
    private static readonly CallParameter Url = Needs("url", FlowKind.String);

    private static readonly CallParameter[] Request =
    [
        May("headers", default, FlowKind.Map), May("query", default, FlowKind.Map), May("auth", default, FlowKind.Map),
        May("timeout", default, FlowKind.Integer, FlowKind.Double),
        May("private_service_name", default, FlowKind.String), May("ca_certificate", default, FlowKind.Bytes),
    ];

    private static readonly CallParameter[] Place = [May("project_id"), May("location")];

    /// <summary>All pure functions; two forms of one name stand beside each other.</summary>
    public static IReadOnlyList<PureFunction> Pure { get; } =
    [
        .. HelperFunctions.All, .. HashFunctions.All, .. JsonFunctions.All, .. ListFunctions.All, .. MathFunctions.All,
        .. TextFunctions.All, .. CodingFunctions.All, .. TimeFunctions.All, .. SystemFunctions.All,
        .. RetryFunctions.All, .. LenientFunctions.All,
    ];

    /// <summary>All functions that a program or a performer does.</summary>
    public static IReadOnlyList<CallSignature> Waiting { get; } =
    [
        ByProgram(
            "sys.log", May("data"), May("text"), May("json"), May("severity", FlowValue.Of("DEFAULT"), FlowKind.String),
            May("timeout", default, FlowKind.Integer, FlowKind.Double)),
        ByProgram("sys.sleep", Needs("seconds", FlowKind.Integer, FlowKind.Double)),
        ByProgram("sys.sleep_until", Needs("time", FlowKind.String)),
        Effect("http.get", EffectKind.HttpRead, [Url, .. Request]),
        Effect("http.post", EffectKind.HttpWrite, [Url, May("body"), .. Request]),
        Effect("http.put", EffectKind.HttpWrite, [Url, May("body"), .. Request]),
        Effect("http.patch", EffectKind.HttpWrite, [Url, May("body"), .. Request]),
        Effect("http.delete", EffectKind.HttpWrite, [Url, May("body"), .. Request]),
        Effect(
            "http.request", EffectKind.HttpWrite, [Needs("method", FlowKind.String), Url, May("body"), .. Request]),
        Effect(
            "events.create_callback_endpoint", EffectKind.Callback,
            May("http_callback_method", FlowValue.Of("POST"), FlowKind.String)),
        ByProgram(
            "events.await_callback", Needs("callback", FlowKind.Map),
            May("timeout", FlowValue.Of(43200), FlowKind.Integer, FlowKind.Double)),
        Effect(
            "experimental.executions.run", EffectKind.Child, [Needs("workflow_id"), May("argument"), .. Place]),
        Effect(
            "experimental.executions.map", EffectKind.Child,
            [Needs("workflow_id"), Needs("arguments", FlowKind.List), .. Place]),
        Effect(
            "cairn.job.run", EffectKind.Job, Needs("job", FlowKind.String), May("args"),
            May("env", default, FlowKind.Map), May("inputs", default, FlowKind.Map),
            May("timeout", default, FlowKind.Integer, FlowKind.Double), May("pool", default, FlowKind.String)),
    ];
}
