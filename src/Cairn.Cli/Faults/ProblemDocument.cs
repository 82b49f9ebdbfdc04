using System.Text.Json.Serialization;

namespace Cairn.Cli.Faults;

/// <summary>`{"errors":[…]}`.</summary>
internal sealed record ProblemDocument(IReadOnlyList<Problem> Errors);

/// <summary>`{"valid":…,"errors":[…]}` of `cairn validate`.</summary>
internal sealed record ValidityDocument(bool Valid, IReadOnlyList<Problem>? Errors);

/// <summary>JSON of what is wrong.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProblemDocument))]
[JsonSerializable(typeof(ValidityDocument))]
internal sealed partial class ProblemJson : JsonSerializerContext;
