using System.Text.Json.Serialization;

namespace Cairn.Cli.Commands.Vda.Plan;

/// <summary>A plan as JSON.</summary>
internal sealed record PlanDocument(
    string Flow,
    string StorageUrl,
    string Dataset,
    string RunId,
    IReadOnlyList<string> Videos,
    int Augmentations,
    int WorkersAtOnce,
    string DatasetUrl,
    string RunUrl,
    IReadOnlyList<GroupDocument> Groups,
    IReadOnlyList<string> Outputs);

/// <summary>A group of the plan with its tasks.</summary>
internal sealed record GroupDocument(string Name, IReadOnlyList<string> Tasks);

/// <summary>JSON of plans.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(PlanDocument))]
internal sealed partial class PlanJson : JsonSerializerContext;
