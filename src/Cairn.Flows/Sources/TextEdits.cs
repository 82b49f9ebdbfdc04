using System.Text;

namespace Cairn.Flows.Sources;

/// <summary>
/// Replaced stretches of a text, and the way back: errors name places of the text that its author wrote.
/// </summary>
internal sealed class TextEdits
{
    private readonly List<(SourceSpan Written, SourceSpan Parsed)> _edits = [];
    private readonly StringBuilder _text = new();
    private readonly string _original;
    private int _copied;

    /// <summary>No edits of a text yet; they are given from its beginning to its end.</summary>
    public TextEdits(string original) => _original = original;

    /// <summary>The stretches of the original text that were replaced.</summary>
    public IEnumerable<SourceSpan> Replaced => _edits.Select(edit => edit.Written);

    /// <summary>Whether nothing was replaced.</summary>
    public bool IsEmpty => _edits.Count == 0;

    /// <summary>Puts another text in the place of a stretch.</summary>
    public void Replace(SourceSpan written, string text)
    {
        _text.Append(_original, _copied, written.Offset - _copied);
        _edits.Add((written, new SourceSpan(_text.Length, text.Length)));
        _text.Append(text);
        _copied = written.End;
    }

    /// <summary>The edited text.</summary>
    public string Apply() => IsEmpty
        ? _original
        : string.Concat(_text.ToString(), _original.AsSpan(_copied));

    /// <summary>A stretch of the edited text in the original one; inside a replaced stretch it is all of it.</summary>
    public SourceSpan Original(SourceSpan parsed)
    {
        if (IsEmpty)
            return parsed;
        var start = Original(parsed.Offset, isEnd: false);
        return new SourceSpan(start, Math.Max(0, Original(parsed.End, isEnd: true) - start));
    }

    /// <summary>Whether a stretch of the edited text is what a replacement put there.</summary>
    public bool IsReplacement(SourceSpan parsed) =>
        Before(parsed.Offset) is >= 0 and var index && parsed.Offset < _edits[index].Parsed.End;

    private int Original(int offset, bool isEnd)
    {
        var index = Before(isEnd ? offset - 1 : offset);
        if (index < 0)
            return offset;
        var (written, parsed) = _edits[index];
        var isInside = isEnd ? offset <= parsed.End : offset < parsed.End;
        if (isInside)
            return isEnd ? written.End : written.Offset;
        return written.End + (offset - parsed.End);
    }

    /// <summary>The last edit that begins at an offset or before it.</summary>
    private int Before(int offset)
    {
        var (low, high) = (0, _edits.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (_edits[middle].Parsed.Offset <= offset)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return high;
    }
}
