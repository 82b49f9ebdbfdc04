using Cairn.Flows.Compiling;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlStyle = YamlDotNet.Core.ScalarStyle;

namespace Cairn.Flows.Sources;

/// <summary>Makes nodes of YAML events: anchors, merge keys, distinct text keys (spec/workflows.md 2.3).</summary>
internal sealed class SourceComposer(IParser parser, TextEdits edits, Findings findings)
{
    /// <summary>Deeper nesting ends in an error, not in a broken stack.</summary>
    public const int DepthLimit = 500;

    /// <summary>A document with all aliases written out may have this many nodes.</summary>
    private const long WeightLimit = 10_000_000;

    private readonly Dictionary<string, SourceNode?> _anchors = new(StringComparer.Ordinal);
    private int _depth;

    /// <summary>The only document of the stream; null for an empty one.</summary>
    public SourceNode? Document()
    {
        parser.Consume<StreamStart>();
        SourceNode? document = null;
        for (var count = 1; !parser.Accept<StreamEnd>(out _); count++)
        {
            var start = parser.Consume<DocumentStart>();
            var node = Node();
            parser.Consume<DocumentEnd>();
            var isEmpty = node is SourceNode.Scalar { Value.Kind: CoreKind.Null, Span.Length: 0 };
            if (count == 1 && (!isEmpty || parser.Accept<StreamEnd>(out _)))
                document = isEmpty ? null : node;
            else if (document is null)
                document = isEmpty ? null : node;
            else if (isEmpty)
                findings.Tolerate(
                    "T22", SpanOf(start), "a second YAML document, though an empty one", "remove the last '---'");
            else
                throw new SourceFault(
                    "a second YAML document: a flow is one document", SpanOf(start), "remove the '---' between them");
        }

        return document;
    }

    private SourceNode Node()
    {
        if (parser.TryConsume<AnchorAlias>(out var alias))
            return Aliased(alias);
        if (parser.TryConsume<Scalar>(out var scalar))
            return Anchored(scalar, ScalarNode(scalar));
        if (++_depth > DepthLimit)
            throw new SourceFault($"nested more than {DepthLimit} levels deep", SpanOf(parser.Current!));
        var node = parser.TryConsume<SequenceStart>(out var sequence)
            ? Sequence(sequence)
            : Mapping(parser.Consume<MappingStart>());
        _depth--;
        return node;
    }

    private SourceNode Aliased(AnchorAlias alias)
    {
        if (!_anchors.TryGetValue(alias.Value.Value, out var node))
            throw new SourceFault($"there is no anchor '{alias.Value.Value}' before its alias", SpanOf(alias));
        return node ?? throw new SourceFault($"the anchor '{alias.Value.Value}' contains itself", SpanOf(alias));
    }

    private SourceNode Anchored(NodeEvent start, SourceNode node)
    {
        if (!start.Anchor.IsEmpty)
            _anchors[start.Anchor.Value] = node;
        return node.Weight <= WeightLimit
            ? node
            : throw new SourceFault($"with its aliases written out it has more than {WeightLimit} nodes", Span(start));
    }

    private SourceNode.Scalar ScalarNode(Scalar scalar)
    {
        var parsed = Parsed(scalar);
        var style = scalar.Style switch
        {
            _ when edits.IsReplacement(parsed) => ScalarStyle.Plain,
            YamlStyle.SingleQuoted => ScalarStyle.SingleQuoted,
            YamlStyle.DoubleQuoted => ScalarStyle.DoubleQuoted,
            YamlStyle.Literal or YamlStyle.Folded => ScalarStyle.Block,
            _ => ScalarStyle.Plain,
        };
        return new SourceNode.Scalar(edits.Original(parsed), scalar.Value, style, ValueOf(scalar));
    }

    private static CoreScalar ValueOf(Scalar scalar)
    {
        if (scalar.Tag.IsEmpty)
            return scalar.Style == YamlStyle.Plain ? CoreScalar.OfPlain(scalar.Value) : CoreScalar.Text;
        if (scalar.Tag.IsNonSpecific || scalar.Tag.Value == "tag:yaml.org,2002:str")
            return CoreScalar.Text;
        var value = CoreScalar.OfPlain(scalar.Value);
        return (scalar.Tag.Value, value.Kind) switch
        {
            ("tag:yaml.org,2002:int", CoreKind.Integer) => value,
            ("tag:yaml.org,2002:float", CoreKind.Double) => value,
            ("tag:yaml.org,2002:float", CoreKind.Integer) =>
                new CoreScalar(CoreKind.Double, BitConverter.DoubleToInt64Bits(value.Bits)),
            ("tag:yaml.org,2002:bool", CoreKind.Boolean) => value,
            ("tag:yaml.org,2002:null", CoreKind.Null) => value,
            _ => throw new SourceFault(
                $"the tag '{scalar.Tag.Value}' cannot be used here", SpanOf(scalar), "remove the tag"),
        };
    }

    private SourceNode Sequence(SequenceStart start)
    {
        Refuse(start, "tag:yaml.org,2002:seq");
        Open(start);
        var items = new List<SourceNode>();
        while (!parser.Accept<SequenceEnd>(out _))
            items.Add(Node());
        var end = parser.Consume<SequenceEnd>();
        return Anchored(start, new SourceNode.List(Span(start, end, items.Count > 0 ? items[^1] : null), items));
    }

    private SourceNode Mapping(MappingStart start)
    {
        Refuse(start, "tag:yaml.org,2002:map");
        Open(start);
        var own = new List<SourceEntry>();
        List<SourceEntry>? merged = null;
        while (!parser.Accept<MappingEnd>(out _))
        {
            if (parser.Accept<Scalar>(out var key) && key is { Style: YamlStyle.Plain, Value: "<<", Tag.IsEmpty: true })
            {
                parser.MoveNext();
                Merge(merged ??= [], Node());
                continue;
            }

            own.Add(new SourceEntry(Key(Node()), Node()));
        }

        var end = parser.Consume<MappingEnd>();
        RefuseDuplicates(own);
        if (merged is not null)
            own.AddRange(Missing(merged, own));
        return Anchored(start, new SourceNode.Map(Span(start, end, own.Count > 0 ? own[^1].Value : null), own));
    }

    private static void Merge(List<SourceEntry> merged, SourceNode value)
    {
        switch (value)
        {
            case SourceNode.Map map:
                merged.AddRange(map.Entries);
                break;
            case SourceNode.List list when list.Items.All(item => item is SourceNode.Map):
                foreach (var item in list.Items)
                    merged.AddRange(((SourceNode.Map)item).Entries);
                break;
            default:
                throw new SourceFault($"'<<' merges a map or a list of maps, not {value.Told}", value.Span);
        }
    }

    /// <summary>What is merged gives way to the map's own keys; of several maps the first one wins.</summary>
    private static List<SourceEntry> Missing(List<SourceEntry> merged, List<SourceEntry> own)
    {
        var known = new SortedSet<string>(own.Select(entry => entry.Key.Text), StringComparer.Ordinal);
        return merged.FindAll(entry => known.Add(entry.Key.Text));
    }

    private SourceNode.Scalar Key(SourceNode key)
    {
        if (key is not SourceNode.Scalar scalar)
            throw new SourceFault($"a key is a text, not {key.Told}", key.Span, "quote it if it is meant as text");
        // The original takes `1: a` and means "1": its own sample of a loop over a map is written so.
        if (scalar.Value.Kind == CoreKind.Null)
            findings.Tolerate(
                "text-key", scalar.Span, $"a key is a text, not {scalar.Told}", $"write \"{scalar.Text}\"");
        return scalar;
    }

    private void RefuseDuplicates(List<SourceEntry> entries)
    {
        const int few = 12;
        if (entries.Count <= few)
        {
            for (var i = 1; i < entries.Count; i++)
                for (var j = 0; j < i; j++)
                    if (entries[i].Key.Text == entries[j].Key.Text)
                        Duplicate(entries[i].Key);
            return;
        }

        var known = new Dictionary<string, bool>(entries.Count, StringComparer.Ordinal);
        foreach (var entry in entries)
            if (!known.TryAdd(entry.Key.Text, true))
                Duplicate(entry.Key);
    }

    private void Duplicate(SourceNode.Scalar key) =>
        findings.Error(key.Span, $"the key '{key.Text}' stands twice in one map", "remove or rename one of them");

    private void Open(NodeEvent start)
    {
        if (!start.Anchor.IsEmpty)
            _anchors[start.Anchor.Value] = null;
    }

    private static void Refuse(NodeEvent start, string known)
    {
        if (!start.Tag.IsEmpty && !start.Tag.IsNonSpecific && start.Tag.Value != known)
            throw new SourceFault($"the tag '{start.Tag.Value}' cannot be used here", SpanOf(start), "remove the tag");
    }

    private SourceSpan Span(ParsingEvent one) => edits.Original(Parsed(one));

    private SourceSpan Span(ParsingEvent start, ParsingEvent end, SourceNode? last)
    {
        var whole = edits.Original(new SourceSpan((int)start.Start.Index, 0));
        // A block collection is said to end where the next token begins: its last element tells better.
        var until = end.End.Index > end.Start.Index || last is null
            ? edits.Original(new SourceSpan(0, (int)end.End.Index)).End
            : last.Span.End;
        return new SourceSpan(whole.Offset, Math.Max(0, until - whole.Offset));
    }

    private static SourceSpan SpanOf(ParsingEvent one) => Parsed(one);

    private static SourceSpan Parsed(ParsingEvent one) =>
        new((int)one.Start.Index, (int)(one.End.Index - one.Start.Index));
}
