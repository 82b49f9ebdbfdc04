using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Cairn.Graphs.Sections;

/// <summary>
/// Tells template lines apart by marks of private-use characters. A mark stands directly behind the last visible
/// character of a line, so that it changes no trimming; where it changes anything else, the marked rendering differs
/// from the plain one and is not believed.
/// </summary>
internal static partial class LineMarks
{
    private const char Open = '\uE0F0';
    private const char Close = '\uE0F1';

    /// <summary>For each rendered line the template line (both from 1), 0 where it cannot be told.</summary>
    public static int[] Map(string template, string rendered, TemplateData data)
    {
        var lines = rendered.Split('\n').Length;
        if (template.Contains(Open, StringComparison.Ordinal)
            || JinjaPass.Render(Marked(template), data, "").Text is not { } marked
            || Mark().Replace(marked, "") != rendered)
            return new int[lines];
        var map = new int[lines];
        var last = 0;
        var texts = marked.Split('\n');
        for (var i = 0; i < lines; i++)
        {
            if (Mark().Match(texts[i]) is { Success: true } mark)
                last = int.Parse(mark.Groups[1].Value, CultureInfo.InvariantCulture);
            map[i] = last;
        }

        return map;
    }

    private static string Marked(string template)
    {
        var result = new StringBuilder(template.Length * 2);
        var line = 1;
        var inTag = '\0';
        var raw = false;
        for (var i = 0; i < template.Length; i++)
        {
            var c = template[i];
            result.Append(c);
            var next = i + 1 < template.Length ? template[i + 1] : '\n';
            if (c == '\n')
                line++;
            if (inTag != '\0')
            {
                if (c == Closing(inTag) && next == '}')
                    inTag = '\0';
                continue;
            }

            if (c == '{' && next is '{' or '%' or '#' && (!raw || EndRaw().IsMatch(template, i)))
            {
                raw = RawStart().IsMatch(template, i);
                inTag = next;
                continue;
            }

            if (EndsVisible(template, i))
                result.Append(Open).Append(line).Append(Close);
        }

        return result.ToString();
    }

    private static char Closing(char opening) => opening == '{' ? '}' : opening;

    /// <summary>A visible character with nothing visible behind it in its line, or before a tag.</summary>
    private static bool EndsVisible(string template, int at)
    {
        if (char.IsWhiteSpace(template[at]) || template[at] is '}' or '{')
            return false;
        var next = at + 1;
        while (next < template.Length && template[next] is ' ' or '\t')
            next++;
        return next >= template.Length || template[next] is '\n'
            || (template[next] == '{' && next + 1 < template.Length && template[next + 1] is '{' or '%' or '#');
    }

    [GeneratedRegex(@"\uE0F0([0-9]+)\uE0F1")]
    private static partial Regex Mark();

    [GeneratedRegex(@"\G\{%[-+]?\s*raw\s*[-+]?%\}")]
    private static partial Regex RawStart();

    [GeneratedRegex(@"\G\{%[-+]?\s*endraw\s*[-+]?%\}")]
    private static partial Regex EndRaw();
}
