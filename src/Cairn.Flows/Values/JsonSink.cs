using System.Buffers;
using System.Text;

namespace Cairn.Flows.Values;

/// <summary>Writes JSON as UTF-8, compact or with a prefix and an indent a level (spec/workflows.md 3.1).</summary>
internal sealed class JsonSink(string? prefix, string indent)
{
    // JSON's own signs only: the text is for people and other programs, never for a page.
    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        "\"\\" + string.Concat(Enumerable.Range(0, ' ').Select(static c => (char)c)));

    private readonly ArrayBufferWriter<byte> _buffer = new();
    private int _level;

    /// <summary>Whether a double without a fraction is written with one.</summary>
    public bool KeepsDoubles { get; set; }

    /// <summary>A sink that writes everything on one line.</summary>
    public static JsonSink Compact() => new(null, "");

    public ReadOnlyMemory<byte> Written => _buffer.WrittenMemory;

    public void Raw(ReadOnlySpan<char> text)
    {
        FlowBounds.CheckLength(_buffer.WrittenCount + text.Length);
        Encoding.UTF8.GetBytes(text, _buffer);
    }

    public void Text(string text)
    {
        FlowBounds.CheckLength(_buffer.WrittenCount + text.Length);
        Raw("\"");
        var rest = text.AsSpan();
        while (rest.IndexOfAny(Escaped) is var at and >= 0)
        {
            Raw(rest[..at]);
            Raw(rest[at] switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\b' => "\\b",
                '\f' => "\\f",
                var control => $"\\u{(int)control:x4}",
            });
            rest = rest[(at + 1)..];
        }

        Raw(rest);
        Raw("\"");
    }

    /// <summary>A map or a list: its brackets, and each of its parts on a line of its own when indented.</summary>
    public void Open(string bracket)
    {
        Raw(bracket);
        _level++;
    }

    public void Part(bool isFirst)
    {
        if (!isFirst)
            Raw(",");
        Line();
    }

    public void Colon() => Raw(prefix is null ? ":" : ": ");

    public void Close(string bracket, bool isEmpty)
    {
        _level--;
        if (!isEmpty)
            Line();
        Raw(bracket);
    }

    private void Line()
    {
        if (prefix is null)
            return;
        Raw("\n");
        Raw(prefix);
        for (var i = 0; i < _level; i++)
            Raw(indent);
    }
}
