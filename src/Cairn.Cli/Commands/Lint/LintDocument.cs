using System.Text.Json.Serialization;

namespace Cairn.Cli.Commands.Lint;

/// <summary>`{"findings":[…]}` of `cairn lint -o json`.</summary>
internal sealed record LintDocument(IReadOnlyList<LintEntry> Findings);

/// <summary>One finding.</summary>
/// <param name="Rule">`endless-poll`.</param>
/// <param name="Level">`error`, `warning` or `note`.</param>
/// <param name="Message">What stands there and why it is wrong.</param>
/// <param name="File">The file as the user named it.</param>
/// <param name="Line">From 1, or null.</param>
/// <param name="Column">From 1, or null.</param>
/// <param name="Hint">What to write instead, or null.</param>
internal sealed record LintEntry(
    string Rule, string Level, string Message, string File, int? Line, int? Column, string? Hint);

/// <summary>JSON of findings.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LintDocument))]
internal sealed partial class LintJson : JsonSerializerContext;
