using System.Text.Json.Serialization;

namespace Cairn.Cli.Commands.Runs.Events;

/// <summary>JSON of records.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(IReadOnlyList<EventDocument>))]
internal sealed partial class EventJson : JsonSerializerContext;
