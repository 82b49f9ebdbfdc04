namespace Cairn.Tidy;

/// <summary>
/// One C# file: its text, and the same text with comments and literals blanked out (same length, same lines).
/// </summary>
internal sealed record SourceFile(string Path, string Text, string Code)
{
    private string[]? _lines;
    private string? _calls;

    /// <summary>The code, and what stands in the holes of its interpolated strings.</summary>
    public string Calls => _calls ??= CodeOnly.WithHoles(Text);

    public IReadOnlyList<string> Lines => _lines ??= Text.TrimEnd('\n').Split('\n');

    public static SourceFile Load(string path)
    {
        var text = Repository.Read(path);
        return new SourceFile(path, text, CodeOnly.Of(text));
    }

    /// <summary>`path:line` of a place in the text.</summary>
    public string At(int offset) => $"{Path}:{LineOf(offset)}";

    public int LineOf(int offset) => Text.AsSpan(0, offset).Count('\n') + 1;
}
