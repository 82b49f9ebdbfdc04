namespace Cairn.Graphs.Sections;

/// <summary>A part of a graph file: from a key in the first column to the next one.</summary>
/// <param name="Key">`workflow`, `default-values`, `version`, or something else.</param>
/// <param name="Text">The text with its key line; lines end in LF.</param>
/// <param name="Line">The line of the key in the file, from 1.</param>
internal sealed record Section(string Key, string Text, int Line)
{
    /// <summary>
    /// Cuts a text as the original does, before any YAML is read: a section starts at a line that begins with a letter,
    /// then letters, digits, `_`, `-`, and a colon (spec/osmo.md 1.1). What stands before the first is dropped.
    /// </summary>
    public static List<Section> Split(string text)
    {
        var sections = new List<Section>();
        var (key, start, startLine, line) = ("", 0, 0, 1);
        for (var at = 0; at < text.Length; line++)
        {
            if (KeyAt(text, at) is { } next)
            {
                if (key.Length > 0)
                    sections.Add(new Section(key, text[start..at], startLine));
                (key, start, startLine) = (next, at, line);
            }

            var end = text.IndexOf('\n', at);
            at = end < 0 ? text.Length : end + 1;
        }

        if (key.Length > 0)
            sections.Add(new Section(key, text[start..], startLine));
        return sections;
    }

    private static string? KeyAt(string text, int at)
    {
        if (!char.IsAsciiLetter(text[at]))
            return null;
        var end = at;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '_' or '-'))
            end++;
        return end < text.Length && text[end] == ':' ? text[at..end] : null;
    }
}
