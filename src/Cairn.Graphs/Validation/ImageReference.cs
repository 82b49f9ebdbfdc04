using System.Text.RegularExpressions;

namespace Cairn.Graphs.Validation;

/// <summary>The grammar of image references (spec/osmo.md 1.9).</summary>
internal static partial class ImageReference
{
    /// <summary>
    /// Whether it is `[host[:port]/]name[:tag][@digest]`. A run-time token stands for something that is not known yet.
    /// </summary>
    public static bool IsValid(string image) => image.Contains("{{", StringComparison.Ordinal) || Form().IsMatch(image);

    [GeneratedRegex(
        @"\A(?:(?:[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?::[0-9]+)?|localhost(?::[0-9]+)?|[A-Za-z0-9-]+:[0-9]+"
        + @"|\[[0-9A-Fa-f:]+\](?::[0-9]+)?)/)?"
        + @"[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*"
        + @"(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(?:@[A-Za-z][A-Za-z0-9_+.-]*:[0-9a-fA-F]+)?\z",
        RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
