using System.Text.Json.Serialization;

namespace Cairn.Cli.Commands.Doctor;

/// <summary>The answer of `cairn doctor`.</summary>
internal sealed record DoctorDocument(
    IReadOnlyList<ProgramDocument> Programs,
    IReadOnlyList<ImageDocument> Images,
    IReadOnlyList<LeftoverDocument> Leftovers);

/// <summary>A program that is used, where it is, and the package that brings it.</summary>
internal sealed record ProgramDocument(string Program, string? Path, string For, string Package);

/// <summary>What stands for images of a pattern.</summary>
internal sealed record ImageDocument(string Match, string Stands);

/// <summary>What is left of a run that is over.</summary>
internal sealed record LeftoverDocument(string Kind, string Name, bool Removed);

/// <summary>JSON of the answer.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(DoctorDocument))]
internal sealed partial class DoctorJson : JsonSerializerContext;
