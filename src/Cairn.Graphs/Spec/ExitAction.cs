using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Cairn.Graphs.Spec;

/// <summary>What is done with a task that ended with one of the codes (spec/osmo.md 3.3).</summary>
/// <param name="Verb">FAIL, COMPLETE or RESCHEDULE.</param>
/// <param name="Codes">Codes and ranges as written: `1,3-5`.</param>
public sealed partial record ExitAction(ExitVerb Verb, string Codes)
{
    /// <summary>Whether the codes are well formed: numbers and ranges, commas, no blanks.</summary>
    public static bool IsValid(string codes) => Form().IsMatch(codes);

    /// <summary>
    /// Whether a code is listed. A reversed range holds nothing; of a chain `1-23-4`, which the grammar lets pass, the
    /// first two numbers count.
    /// </summary>
    public bool Matches(int code)
    {
        foreach (var part in Codes.Split(','))
        {
            var ends = part.Split('-');
            var first = BigInteger.Parse(ends[0], CultureInfo.InvariantCulture);
            var last = ends.Length > 1 ? BigInteger.Parse(ends[1], CultureInfo.InvariantCulture) : first;
            if (first <= code && code <= last)
                return true;
        }

        return false;
    }

    // The original repeats the first part, so that chains such as 1-23-4 pass.
    [GeneratedRegex(@"\A[0-9]+(?:-[0-9]+)*(?:,[0-9]+(?:-[0-9]+)?)*\z")]
    private static partial Regex Form();
}

/// <summary>What an exit action does, in the order in which the original tries them.</summary>
public enum ExitVerb
{
    /// <summary>The task failed.</summary>
    FAIL,

    /// <summary>The task completed.</summary>
    COMPLETE,

    /// <summary>The task is tried again, while its pool's limit of retries allows.</summary>
    RESCHEDULE,
}
