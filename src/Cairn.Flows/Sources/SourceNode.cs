namespace Cairn.Flows.Sources;

/// <summary>A value of a source with the place that it stands at. Closed.</summary>
internal abstract class SourceNode
{
    private SourceNode(SourceSpan span) => Span = span;

    /// <summary>Where it stands in the original text.</summary>
    public SourceSpan Span { get; }

    /// <summary>How many nodes it is when every alias is written out.</summary>
    public abstract long Weight { get; }

    /// <summary>A word for it in messages: `a list`, `a map`, `"text"`, `12`.</summary>
    public abstract string Told { get; }

    /// <summary>A text, number, boolean or null.</summary>
    public sealed class Scalar(SourceSpan span, string text, ScalarStyle style, CoreScalar value) : SourceNode(span)
    {
        /// <summary>Its characters after unquoting and folding.</summary>
        public string Text { get; } = text;

        /// <summary>How it was written.</summary>
        public ScalarStyle Style { get; } = style;

        /// <summary>What it is.</summary>
        public CoreScalar Value { get; } = value;

        /// <summary>Whether it is a text.</summary>
        public bool IsText => Value.Kind == CoreKind.Text;

        /// <inheritdoc/>
        public override long Weight => 1;

        /// <inheritdoc/>
        public override string Told => IsText ? $"\"{Text}\"" : Value.Kind == CoreKind.Null ? "null" : Text;
    }

    /// <summary>A sequence.</summary>
    public sealed class List(SourceSpan span, IReadOnlyList<SourceNode> items) : SourceNode(span)
    {
        /// <summary>Its elements.</summary>
        public IReadOnlyList<SourceNode> Items { get; } = items;

        /// <inheritdoc/>
        public override long Weight { get; } = Sum(items);

        /// <inheritdoc/>
        public override string Told => "a list";

        private static long Sum(IReadOnlyList<SourceNode> items)
        {
            var sum = 1L;
            for (var i = 0; i < items.Count; i++)
                sum = Capped(sum + items[i].Weight);
            return sum;
        }
    }

    /// <summary>A mapping in the order of the text; its keys are distinct.</summary>
    public sealed class Map(SourceSpan span, IReadOnlyList<SourceEntry> entries) : SourceNode(span)
    {
        /// <summary>Its entries.</summary>
        public IReadOnlyList<SourceEntry> Entries { get; } = entries;

        /// <inheritdoc/>
        public override long Weight { get; } = Sum(entries);

        /// <inheritdoc/>
        public override string Told => "a map";

        /// <summary>The value of a key, or null.</summary>
        public SourceNode? this[string key] => Find(key)?.Value;

        /// <summary>The entry of a key, or null.</summary>
        public SourceEntry? Find(string key)
        {
            for (var i = 0; i < Entries.Count; i++)
                if (Entries[i].Key.Text == key)
                    return Entries[i];
            return null;
        }

        private static long Sum(IReadOnlyList<SourceEntry> entries)
        {
            var sum = 1L;
            for (var i = 0; i < entries.Count; i++)
                sum = Capped(sum + 1 + entries[i].Value.Weight);
            return sum;
        }
    }

    private static long Capped(long weight) => Math.Min(weight, long.MaxValue / 4);
}

/// <summary>A key and its value.</summary>
internal sealed record SourceEntry(SourceNode.Scalar Key, SourceNode Value);

/// <summary>How a scalar was written.</summary>
internal enum ScalarStyle
{
    /// <summary>Without quotes; also what the lenient reading quoted by itself.</summary>
    Plain,

    /// <summary>`'…'`.</summary>
    SingleQuoted,

    /// <summary>`"…"`; also every string of a JSON source.</summary>
    DoubleQuoted,

    /// <summary>A block scalar.</summary>
    Block,
}
