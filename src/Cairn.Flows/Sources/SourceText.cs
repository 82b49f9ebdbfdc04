namespace Cairn.Flows.Sources;

/// <summary>A flow's source, and where its lines begin.</summary>
internal sealed class SourceText
{
    private int[]? _lines;

    /// <summary>A source; a byte order mark in front is not part of it.</summary>
    public SourceText(string text) => Text = text.StartsWith('\uFEFF') ? text[1..] : text;

    /// <summary>All of it.</summary>
    public string Text { get; }

    /// <summary>Line and column of a stretch.</summary>
    public SourcePlace PlaceOf(SourceSpan span)
    {
        var lines = _lines ??= LineStarts(Text);
        var at = Math.Clamp(span.Offset, 0, Text.Length);
        var found = Array.BinarySearch(lines, at);
        var line = found >= 0 ? found : ~found - 1;
        return new SourcePlace(line + 1, at - lines[line] + 1, Math.Max(0, span.Length));
    }

    /// <summary>The stretch itself.</summary>
    public ReadOnlySpan<char> this[SourceSpan span] => Text.AsSpan(span.Offset, span.Length);

    private static int[] LineStarts(string text)
    {
        var starts = new List<int>(text.Length / 30 + 1) { 0 };
        for (var at = text.AsSpan().IndexOfAny('\n', '\r'); at >= 0;)
        {
            var next = text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? at + 2 : at + 1;
            starts.Add(next);
            var found = text.AsSpan(next).IndexOfAny('\n', '\r');
            at = found < 0 ? -1 : next + found;
        }

        return [.. starts];
    }
}
