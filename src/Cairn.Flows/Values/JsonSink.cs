using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;

namespace Cairn.Flows.Values;

/// <summary>Writes JSON as UTF-8, compact or with a prefix and an indent a level (spec/workflows.md 3.1).</summary>
internal sealed class JsonSink(string? prefix, string indent)
{
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private int _level;

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
        // JSON's own signs only: text for people and other programs, never for a page.
        var encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        var rest = text.AsSpan();
        Span<char> chunk = stackalloc char[512];
        while (rest.Length > 0)
        {
            if (encoder.Encode(rest, chunk, out var read, out var written) == OperationStatus.InvalidData)
                throw new System.Diagnostics.UnreachableException();
            Encoding.UTF8.GetBytes(chunk[..written], _buffer);
            rest = rest[read..];
        }

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
