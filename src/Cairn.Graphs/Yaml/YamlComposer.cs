using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Cairn.Graphs.Yaml;

/// <summary>Makes nodes of parser events: anchors, merge keys, tags, Python's rules for mapping keys.</summary>
internal sealed class YamlComposer(IParser parser, FlowLines lines)
{
    /// <summary>Deeper nesting ends in an error, not in a broken stack.</summary>
    private const int DepthLimit = 200;

    /// <summary>A document with all aliases written out may have this many nodes.</summary>
    private const long WeightLimit = 5_000_000;

    private const string MergeTag = "tag:yaml.org,2002:merge";
    private const string OrderedTag = "tag:yaml.org,2002:omap";
    private const string PairsTag = "tag:yaml.org,2002:pairs";

    /// <summary>
    /// The original makes a set of it, whose order is chance; here it is a list of the keys in the order of writing.
    /// </summary>
    private const string SetTag = "tag:yaml.org,2002:set";

    private const int FewKeys = 16;

    private readonly Dictionary<string, YamlNode?> _anchors = [];
    private int _depth;

    /// <summary>The only document of the stream; None for an empty stream.</summary>
    public YamlNode Document()
    {
        parser.Consume<StreamStart>();
        if (parser.Accept<StreamEnd>(out _))
            return new YamlNode.Null(new Mark(1, 1));
        parser.Consume<DocumentStart>();
        var node = Node();
        parser.Consume<DocumentEnd>();
        if (!parser.Accept<StreamEnd>(out _))
            throw new YamlFault(
                "expected a single document in the stream, but found another", lines.At(parser.Current!.Start));
        return node;
    }

    private YamlNode Node()
    {
        if (parser.TryConsume<AnchorAlias>(out var alias))
            return Aliased(alias);
        if (parser.TryConsume<Scalar>(out var scalar))
            return Anchored(scalar, ScalarNode(scalar));
        if (++_depth > DepthLimit)
            throw new YamlFault($"nested more than {DepthLimit} levels deep", lines.At(parser.Current!.Start));
        var node = parser.TryConsume<SequenceStart>(out var sequence)
            ? Sequence(sequence)
            : Mapping(parser.Consume<MappingStart>());
        _depth--;
        return node;
    }

    private YamlNode Aliased(AnchorAlias alias)
    {
        if (!_anchors.TryGetValue(alias.Value.Value, out var node))
            throw new YamlFault($"found undefined alias '{alias.Value.Value}'", lines.At(alias.Start));
        return node ?? throw new YamlFault($"the anchor '{alias.Value.Value}' contains itself", lines.At(alias.Start));
    }

    private YamlNode Anchored(NodeEvent start, YamlNode node)
    {
        if (!start.Anchor.IsEmpty)
            _anchors[start.Anchor.Value] = node;
        return node.Weight <= WeightLimit
            ? node
            : throw new YamlFault($"with its aliases written out it has more than {WeightLimit} nodes", node.Mark);
    }

    private YamlNode ScalarNode(Scalar scalar)
    {
        var mark = lines.At(scalar.Start);
        if (!scalar.Tag.IsEmpty && !scalar.Tag.IsNonSpecific)
            return YamlScalar.Tagged(scalar.Tag.Value, scalar.Value, mark);
        // The tag `!` makes the original resolve even a quoted scalar.
        return scalar.Style == ScalarStyle.Plain || !scalar.Tag.IsEmpty
            ? YamlScalar.Plain(scalar.Value, mark)
            : new YamlNode.Text(mark, scalar.Value);
    }

    private YamlNode Sequence(SequenceStart start)
    {
        if (Is(start, PairsTag) || Is(start, OrderedTag))
            return Pairs(start);
        Refuse(start, "tag:yaml.org,2002:seq");
        Open(start);
        var items = new List<YamlNode>();
        while (!parser.TryConsume<SequenceEnd>(out _))
            items.Add(Node());
        return Anchored(start, new YamlNode.List(lines.At(start.Start), items));
    }

    /// <summary>
    /// `!!pairs` and `!!omap`: a list of pairs, each written as a mapping of one entry; merge keys mean nothing in
    /// them.
    /// </summary>
    private YamlNode Pairs(SequenceStart start)
    {
        Open(start);
        var pairs = new List<YamlNode>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            if (!parser.TryConsume<MappingStart>(out var one))
                throw new YamlFault("expected a mapping of length 1", lines.At(parser.Current!.Start));
            Refuse(one, "tag:yaml.org,2002:map");
            Open(one);
            if (parser.Accept<MappingEnd>(out _))
                throw new YamlFault("expected a single mapping item, but found 0 items", lines.At(one.Start));
            var pair = new YamlNode.List(lines.At(one.Start), [Node(), Node()]);
            if (!parser.TryConsume<MappingEnd>(out _))
                throw new YamlFault("expected a single mapping item, but found more", lines.At(one.Start));
            pairs.Add(Anchored(one, pair));
        }

        return Anchored(start, new YamlNode.List(lines.At(start.Start), pairs));
    }

    private YamlNode Mapping(MappingStart start)
    {
        var isSet = Is(start, SetTag);
        if (!isSet)
            Refuse(start, "tag:yaml.org,2002:map");
        Open(start);
        var own = new List<YamlEntry>();
        var merged = new List<YamlEntry>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (parser.Accept<Scalar>(out var key) && IsMerge(key))
            {
                parser.MoveNext();
                Merge(merged, Node());
                continue;
            }

            own.Add(new YamlEntry(Key(Node()), Node()));
        }

        if (merged.Count > 0)
        {
            merged.AddRange(own);
            own = merged;
        }

        var distinct = AreDistinct(own) ? own : LastWins(own);
        return Anchored(start, isSet
            ? new YamlNode.List(lines.At(start.Start), [.. distinct.Select(entry => entry.Key)])
            : new YamlNode.Map(lines.At(start.Start), distinct));
    }

    private static bool Is(NodeEvent start, string tag) =>
        !start.Tag.IsEmpty && !start.Tag.IsNonSpecific && start.Tag.Value == tag;

    private static bool IsMerge(Scalar key) => key.Tag.IsEmpty
        ? key is { Style: ScalarStyle.Plain, Value: "<<" }
        : !key.Tag.IsNonSpecific && key.Tag.Value == MergeTag;

    /// <summary>Merged pairs stand before the mapping's own; of a list the first mapping wins.</summary>
    private static void Merge(List<YamlEntry> merged, YamlNode value)
    {
        switch (value)
        {
            case YamlNode.Map map:
                merged.AddRange(map.Entries);
                break;
            case YamlNode.List list when list.Items.All(item => item is YamlNode.Map):
                for (var i = list.Items.Count - 1; i >= 0; i--)
                    merged.AddRange(((YamlNode.Map)list.Items[i]).Entries);
                break;
            default:
                throw new YamlFault("expected a mapping or list of mappings for merging", value.Mark);
        }
    }

    private static YamlNode Key(YamlNode key) => key is YamlNode.List or YamlNode.Map
        ? throw new YamlFault("found unhashable key: a list or a mapping cannot be a key", key.Mark)
        : key;

    /// <summary>The common case, told without a table: a few keys, all of them texts.</summary>
    private static bool AreDistinct(List<YamlEntry> entries)
    {
        if (entries.Count > FewKeys)
            return false;
        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i].Key is not YamlNode.Text key)
                return false;
            for (var j = 0; j < i; j++)
                if (((YamlNode.Text)entries[j].Key).Value == key.Value)
                    return false;
        }

        return true;
    }

    private static List<YamlEntry> LastWins(List<YamlEntry> entries)
    {
        var places = new Dictionary<string, int>(entries.Count, StringComparer.Ordinal);
        var kept = new List<YamlEntry>(entries.Count);
        foreach (var entry in entries)
        {
            if (places.TryAdd(Identity(entry.Key), kept.Count))
                kept.Add(entry);
            else
                kept[places[Identity(entry.Key)]] = kept[places[Identity(entry.Key)]] with { Value = entry.Value };
        }

        return kept;
    }

    /// <summary>Equal for what Python's dict holds to be the same key: 1, 1.0 and True are one.</summary>
    private static string Identity(YamlNode key) => key switch
    {
        YamlNode.Text text => "s" + text.Value,
        YamlNode.Bool flag => flag.Value ? "n1" : "n0",
        YamlNode.Integer number => "n" + number.Value.ToString(CultureInfo.InvariantCulture),
        YamlNode.Float { Value: var value } when double.IsInteger(value) =>
            "n" + new System.Numerics.BigInteger(value).ToString(CultureInfo.InvariantCulture),
        YamlNode.Float { Value: var value } => "n" + value.ToString("R", CultureInfo.InvariantCulture),
        YamlNode.Moment moment => "d" + moment.Value,
        YamlNode.Bytes bytes => "b" + Convert.ToHexString(bytes.Value),
        _ => "0",
    };

    private void Open(NodeEvent start)
    {
        if (!start.Anchor.IsEmpty)
            _anchors[start.Anchor.Value] = null;
    }

    private void Refuse(NodeEvent start, string known)
    {
        if (!start.Tag.IsEmpty && !start.Tag.IsNonSpecific && start.Tag.Value != known)
            throw new YamlFault(
                $"could not determine a constructor for the tag '{start.Tag.Value}'", lines.At(start.Start));
    }
}
