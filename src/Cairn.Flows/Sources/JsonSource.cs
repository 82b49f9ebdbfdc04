using System.Text;
using System.Text.Json;
using Cairn.Flows.Compiling;

namespace Cairn.Flows.Sources;

/// <summary>Reads a JSON source into the same nodes as a YAML one.</summary>
internal static class JsonSource
{
    /// <summary>
    /// The document, or null when the text is no JSON: YAML then has the word, and a message that fits both.
    /// </summary>
    public static SourceNode? Read(string text, Findings findings)
    {
        var first = text.AsSpan().TrimStart();
        if (first.Length == 0 || first[0] is not ('{' or '['))
            return null;
        var bytes = Encoding.UTF8.GetBytes(text);
        try
        {
            var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = SourceComposer.DepthLimit });
            reader.Read();
            var duplicates = new List<SourceNode.Scalar>();
            var node = Node(ref reader, new Utf8Offsets(bytes, isAscii: bytes.Length == text.Length), duplicates);
            if (reader.Read())
                return null;
            foreach (var key in duplicates)
                findings.Error(
                    key.Span, $"the key '{key.Text}' stands twice in one map", "remove or rename one of them");
            return node;
        }
        catch (JsonException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            // A string with half a surrogate pair.
            return null;
        }
    }

    private static SourceNode Node(
        ref Utf8JsonReader reader, Utf8Offsets offsets, List<SourceNode.Scalar> duplicates)
    {
        var start = offsets.At(reader.TokenStartIndex);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartArray:
                var items = new List<SourceNode>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    items.Add(Node(ref reader, offsets, duplicates));
                return new SourceNode.List(Until(start, ref reader, offsets), items);
            case JsonTokenType.StartObject:
                var entries = new List<SourceEntry>();
                var known = new SortedSet<string>(StringComparer.Ordinal);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var key = Scalar(ref reader, offsets.At(reader.TokenStartIndex), offsets);
                    if (!known.Add(key.Text))
                        duplicates.Add(key);
                    reader.Read();
                    entries.Add(new SourceEntry(key, Node(ref reader, offsets, duplicates)));
                }

                return new SourceNode.Map(Until(start, ref reader, offsets), entries);
            default:
                return Scalar(ref reader, start, offsets);
        }
    }

    private static SourceNode.Scalar Scalar(ref Utf8JsonReader reader, int start, Utf8Offsets offsets)
    {
        var span = Until(start, ref reader, offsets);
        if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
            return new SourceNode.Scalar(span, reader.GetString()!, ScalarStyle.DoubleQuoted, CoreScalar.Text);
        var text = Encoding.UTF8.GetString(reader.ValueSpan);
        return new SourceNode.Scalar(span, text, ScalarStyle.Plain, CoreScalar.OfPlain(text));
    }

    private static SourceSpan Until(int start, ref Utf8JsonReader reader, Utf8Offsets offsets) =>
        new(start, offsets.At(reader.BytesConsumed) - start);

    /// <summary>From offsets of bytes to those of UTF-16 units; asked in rising order.</summary>
    private sealed class Utf8Offsets(byte[] bytes, bool isAscii)
    {
        private long _bytes;
        private int _units;

        public int At(long offset)
        {
            if (isAscii)
                return (int)offset;
            if (offset < _bytes)
                (_bytes, _units) = (0, 0);
            _units += Encoding.UTF8.GetCharCount(bytes, (int)_bytes, (int)(offset - _bytes));
            _bytes = offset;
            return _units;
        }
    }
}
