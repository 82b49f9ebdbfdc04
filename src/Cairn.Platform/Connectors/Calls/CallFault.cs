using Cairn.Flows.Values;

namespace Cairn.Platform.Connectors.Calls;

/// <summary>
/// The error that a call ends with: it becomes the error map that the flow may catch (spec/workflows.md 4.1).
/// </summary>
internal sealed class CallFault : Exception
{
    private static readonly FlowMap s_jsonHeaders =
        FlowMap.Of(("Content-Type", FlowValue.Of("application/json; charset=UTF-8")));

    private CallFault(string tag, string message, params ReadOnlySpan<(string Key, FlowValue Value)> more)
        : base(message) => Error = FlowValue.Of(FlowMap.Of([
            ("message", FlowValue.Of(message)), ("tags", FlowValue.ListOf(FlowValue.Of(tag))), .. more]));

    /// <summary>`{message, tags, …}`.</summary>
    public FlowValue Error { get; }

    /// <summary>An error without a code: its message and its tag (<see cref="FlowTags"/>).</summary>
    public static CallFault Tagged(string tag, string message) => new(tag, message);

    /// <summary>The right type, the wrong value.</summary>
    public static CallFault Value(string message) => new(FlowTags.Value, message);

    /// <summary>The wrong type.</summary>
    public static CallFault Type(string message) => new(FlowTags.Type, message);

    /// <summary>No credentials for an outgoing request.</summary>
    public static CallFault Auth(string message) => new(FlowTags.Auth, message);

    /// <summary>A response with a status of 400 or more.</summary>
    public static CallFault Http(int code, FlowMap headers, FlowValue body) =>
        Http($"HTTP server responded with error code {code}", code, headers, body);

    /// <summary>A response that is an error for another reason than its status alone.</summary>
    public static CallFault Http(string message, int code, FlowMap headers, FlowValue body) => new(
        FlowTags.Http, message, ("code", FlowValue.Of(code)), ("headers", FlowValue.Of(headers)), ("body", body));

    /// <summary>What a Google API answers: <paramref name="reason"/> is a word such as `notFound`.</summary>
    public static CallFault Api(int code, string status, string reason, string message)
    {
        var detail = FlowMap.Of(
            ("domain", FlowValue.Of("global")), ("reason", FlowValue.Of(reason)), ("message", FlowValue.Of(message)));
        return Http(code, s_jsonHeaders, FlowValue.Of(FlowMap.Of(("error", FlowValue.Of(FlowMap.Of(
            ("code", FlowValue.Of(code)), ("message", FlowValue.Of(message)), ("status", FlowValue.Of(status)),
            ("errors", FlowValue.ListOf(FlowValue.Of(detail)))))))));
    }

    /// <summary>404.</summary>
    public static CallFault NotFound(string message) => Api(404, "NOT_FOUND", "notFound", message);

    /// <summary>409.</summary>
    public static CallFault Conflict(string message) => Api(409, "ALREADY_EXISTS", "conflict", message);

    /// <summary>400.</summary>
    public static CallFault Bad(string message) => Api(400, "INVALID_ARGUMENT", "invalid", message);

    /// <summary>429: no room now.</summary>
    public static CallFault Exhausted(string message) =>
        Api(429, "RESOURCE_EXHAUSTED", "rateLimitExceeded", message);

    /// <summary>501: it cannot be real on one machine, and nothing pretends that it is.</summary>
    public static CallFault NotHere(string call, string reason) =>
        Api(501, "UNIMPLEMENTED", "notImplemented", $"{call} is not possible here: {reason}");

    /// <summary>A long-running operation that ended badly.</summary>
    public static CallFault Operation(string message, FlowValue operation, FlowValue detail) => new(
        FlowTags.Operation, message, ("operation", operation), ("error", detail));
}
