using System.Diagnostics;
using Cairn.Flows.Linting;

namespace Cairn.Cli.Commands.Lint;

/// <summary>Words of the report.</summary>
internal static class LintWords
{
    /// <summary>`error`, `warning` or `note`.</summary>
    public static string Of(LintLevel level) => level switch
    {
        LintLevel.Error => "error",
        LintLevel.Warning => "warning",
        LintLevel.Note => "note",
        _ => throw new UnreachableException(),
    };
}
