using System.Text.Json.Nodes;

namespace Cairn.Platform.Connectors.Calls;

/// <summary>
/// The error that a call ends with: it becomes the error map that the flow may catch (spec/workflows.md 4.1).
/// </summary>
internal sealed class CallFault : Exception
{
    private CallFault(JsonObject error)
        : base((string?)error["message"])
    {
        Error = error;
    }

    /// <summary>`{message, tags, …}`.</summary>
    public JsonObject Error { get; }

    /// <summary>An error without a code: its message and its tag.</summary>
    public static CallFault Tagged(string tag, string message) => new(Map(tag, message));

    /// <summary>The right type, the wrong value.</summary>
    public static CallFault Value(string message) => Tagged("ValueError", message);

    /// <summary>The wrong type.</summary>
    public static CallFault Type(string message) => Tagged("TypeError", message);

    /// <summary>No credentials for an outgoing request.</summary>
    public static CallFault Auth(string message) => Tagged("AuthError", message);

    /// <summary>A response with a status of 400 or more.</summary>
    public static CallFault Http(int code, JsonObject headers, JsonNode? body) =>
        Http($"HTTP server responded with error code {code}", code, headers, body);

    /// <summary>A response that is an error for another reason than its status alone.</summary>
    public static CallFault Http(string message, int code, JsonObject headers, JsonNode? body)
    {
        var error = Map("HttpError", message);
        error["code"] = code;
        error["headers"] = headers;
        error["body"] = body;
        return new CallFault(error);
    }

    /// <summary>What a Google API answers: <paramref name="reason"/> is a word such as `notFound`.</summary>
    public static CallFault Api(int code, string status, string reason, string message) =>
        Http(code, new JsonObject { ["Content-Type"] = "application/json; charset=UTF-8" }, new JsonObject
        {
            ["error"] = new JsonObject
            {
                ["code"] = code,
                ["message"] = message,
                ["status"] = status,
                ["errors"] = new JsonArray(new JsonObject
                {
                    ["domain"] = "global",
                    ["reason"] = reason,
                    ["message"] = message,
                }),
            },
        });

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
    public static CallFault Operation(string message, JsonNode operation, JsonNode? detail)
    {
        var error = Map("OperationError", message);
        error["operation"] = operation;
        error["error"] = detail;
        return new CallFault(error);
    }

    private static JsonObject Map(string tag, string message) =>
        new() { ["message"] = message, ["tags"] = new JsonArray(tag) };
}
