using System.Text.Json.Nodes;
using Cairn.Flows.Library;
using Cairn.Flows.Values;

namespace Cairn.Flows.Schemas;

/// <summary>The functions that a step can call and what each takes, from the library's own tables.</summary>
internal static class CallShapes
{
    /// <summary>Names for completion; a subworkflow's name is as good.</summary>
    public static JsonObject Names() => new()
    {
        ["description"] = "A function of the library, a connector or a subworkflow",
        ["anyOf"] = new JsonArray(
            new JsonObject { ["enum"] = new JsonArray([.. Known.Select(one => (JsonNode)one.Name)]) },
            new JsonObject { ["type"] = "string", ["pattern"] = "^[^$]" }),
    };

    /// <summary>For each function the arguments that its call takes.</summary>
    public static JsonObject Arguments() => new()
    {
        ["allOf"] = new JsonArray([.. Known.Select(one => (JsonNode)Rule(one))]),
    };

    private static IEnumerable<CallSignature> Known =>
        FlowLibrary.Signatures.Where(one => !one.IsLenient).DistinctBy(one => one.Name)
            .OrderBy(one => one.Name, StringComparer.Ordinal);

    private static JsonObject Rule(CallSignature signature)
    {
        var then = new JsonObject { ["properties"] = new JsonObject { ["args"] = Shape(signature) } };
        if (signature.RequiredCount > 0) then["required"] = new JsonArray("args");
        return new JsonObject
        {
            ["if"] = new JsonObject
            {
                ["properties"] = new JsonObject { ["call"] = new JsonObject { ["const"] = signature.Name } },
                ["required"] = new JsonArray("call"),
            },
            ["then"] = then,
        };
    }

    private static JsonObject Shape(CallSignature signature)
    {
        var properties = new JsonObject();
        foreach (var parameter in signature.Parameters.Where(one => !one.IsLenient))
            properties[parameter.Name] = Shape(parameter);
        var required = signature.Parameters.Where(parameter => parameter.IsRequired);
        return new JsonObject
        {
            ["properties"] = properties,
            ["required"] = new JsonArray([.. required.Select(parameter => (JsonNode)parameter.Name)]),
            ["additionalProperties"] = false,
        };
    }

    /// <summary>A literal of the right kind, or any text: it may be an expression.</summary>
    private static JsonObject Shape(CallParameter parameter)
    {
        var types = parameter.Kinds.Select(Word).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (types.Count == 0) return [];
        return new JsonObject
        {
            ["type"] = new JsonArray([.. types.Union(["string", "null"]).Select(type => (JsonNode)type)]),
        };
    }

    private static string? Word(FlowKind kind) => kind switch
    {
        FlowKind.Boolean => "boolean",
        FlowKind.Integer => "integer",
        FlowKind.Double => "number",
        FlowKind.String => "string",
        FlowKind.List => "array",
        FlowKind.Map => "object",
        _ => null,
    };
}
