using System.Text.Json;
using System.Text.Json.Serialization;
using Cairn.Flows.Compiling;

namespace Cairn.Flows.Program;

/// <summary>The pinned document of a flow run: its source, the switches in force, its environment.</summary>
public sealed record FlowDefinition
{
    /// <summary>The file, as messages name it.</summary>
    public required string File { get; init; }

    /// <summary>The whole source.</summary>
    public required string Source { get; init; }

    /// <summary>The switches and limits.</summary>
    public FlowOptions Options { get; init; } = new();

    /// <summary>Environment variables, the built-in ones among them (spec/workflows.md 7.4).</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } =
        new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The pinned document, UTF-8 JSON.</summary>
    public byte[] Pin() => JsonSerializer.SerializeToUtf8Bytes(this, FlowDefinitionJson.Default.FlowDefinition);

    /// <summary>The definition of a pinned document; throws <see cref="JsonException"/> for anything else.</summary>
    public static FlowDefinition Read(ReadOnlyMemory<byte> document) =>
        JsonSerializer.Deserialize(document.Span, FlowDefinitionJson.Default.FlowDefinition)
        ?? throw new JsonException("a flow's definition is an object");
}

/// <summary>JSON of definitions.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(FlowDefinition))]
internal sealed partial class FlowDefinitionJson : JsonSerializerContext;
