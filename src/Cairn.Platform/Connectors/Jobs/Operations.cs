using System.Text.Json.Nodes;
using Cairn.Flows.Values;
using Cairn.Platform.Connectors.Calls;

namespace Cairn.Platform.Connectors.Jobs;

/// <summary>Long-running operations as calls show them (spec/workflows.md 6.2).</summary>
internal static class Operations
{
    /// <summary>An operation that runs.</summary>
    public static JsonObject Of(string name, JsonObject metadata) => new()
    {
        ["name"] = name,
        ["metadata"] = metadata.DeepClone(),
        ["done"] = false,
    };

    /// <summary>Whether the call shall return as soon as the operation is there.</summary>
    public static bool SkipsPolling(CallArguments arguments) =>
        arguments.Raw("connector_params") is { Kind: FlowKind.Map } terms
        && terms.AsMap().Get("skip_polling") is { Kind: FlowKind.Boolean } skip && skip.AsBoolean();

    /// <summary>The response with the operation's metadata, where it has no field of that name (T23).</summary>
    public static JsonObject WithMetadata(JsonObject response, JsonObject? metadata = null)
    {
        var result = (JsonObject)response.DeepClone();
        result.TryAdd("metadata", (metadata ?? response).DeepClone());
        return result;
    }

    /// <summary>The error of an operation that ended badly.</summary>
    public static CallFault Failed(JsonObject operation, JsonObject metadata, string message)
    {
        var detail = new JsonObject { ["code"] = 10, ["message"] = message };
        var failed = (JsonObject)operation.DeepClone();
        if (failed.ContainsKey("done"))
        {
            failed["done"] = true;
            failed["metadata"] = metadata.DeepClone();
            failed["error"] = detail.DeepClone();
        }

        return CallFault.Operation(message, CodedJson.Of(failed), CodedJson.Of(detail));
    }
}
