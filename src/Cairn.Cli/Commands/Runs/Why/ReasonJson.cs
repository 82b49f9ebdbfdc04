using System.Text.Json.Serialization;

namespace Cairn.Cli.Commands.Runs.Why;

/// <summary>JSON of a reason.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Reason))]
internal sealed partial class ReasonJson : JsonSerializerContext;
