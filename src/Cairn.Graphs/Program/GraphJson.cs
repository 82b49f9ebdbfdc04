using System.Text.Json.Serialization;

namespace Cairn.Graphs.Program;

/// <summary>The JSON of a graph's pinned definition, its snapshots, and the cancel message.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(GraphDefinition))]
[JsonSerializable(typeof(GraphSnapshot))]
[JsonSerializable(typeof(CancelRequest))]
internal sealed partial class GraphJson : JsonSerializerContext;
