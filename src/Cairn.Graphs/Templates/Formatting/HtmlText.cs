using System.Net;
using System.Text;
using Cairn.Graphs.Templates.Callables;

namespace Cairn.Graphs.Templates.Formatting;

/// <summary>Markupsafe's striptags and unescape.</summary>
internal static class HtmlText
{
    /// <summary>Comments and tags removed, white space made single spaces, entities read.</summary>
    public static string StripTags(string text)
    {
        var plain = Remove(Remove(text, "<!--", "-->"), "<", ">");
        return Unescape(string.Join(' ', StrText.SplitSpace(plain, -1, fromRight: false)));
    }

    /// <summary>Entities of HTML 4 and numeric ones; the newer names of HTML 5 stay as they are.</summary>
    public static string Unescape(string text) => WebUtility.HtmlDecode(text);

    private static string Remove(string text, string open, string close)
    {
        var result = new StringBuilder(text.Length);
        var at = 0;
        while (text.IndexOf(open, at, StringComparison.Ordinal) is >= 0 and var start)
        {
            var end = text.IndexOf(close, start + open.Length, StringComparison.Ordinal);
            if (end < 0)
                break;
            result.Append(text, at, start - at);
            at = end + close.Length;
        }

        return result.Append(text, at, text.Length - at).ToString();
    }
}
