using System.Globalization;

namespace Cairn.Graphs.Yaml;

/// <summary>
/// Writes nodes as PyYAML's dumper does by default: block style, keys sorted, ASCII, folded at 80 columns, shared lists
/// and mappings as anchors and aliases.
/// </summary>
internal sealed class YamlDump
{
    private readonly DumpText _text = new();
    private readonly Dictionary<YamlNode, int> _uses = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<YamlNode, string> _anchors = new(ReferenceEqualityComparer.Instance);

    private YamlDump()
    {
    }

    /// <summary>The document's text; it ends in a line end.</summary>
    public static string Write(YamlNode node)
    {
        var dump = new YamlDump();
        dump.Count(node);
        dump.Node(node, -DumpText.Step, Parent.Root);
        dump._text.End();
        return dump._text.ToString();
    }

    private void Count(YamlNode node)
    {
        if (node is not (YamlNode.List or YamlNode.Map))
            return;
        _uses[node] = _uses.GetValueOrDefault(node) + 1;
        if (_uses[node] > 1)
            return;
        foreach (var item in (node as YamlNode.List)?.Items ?? [])
            Count(item);
        foreach (var entry in (node as YamlNode.Map)?.Entries ?? [])
            Count(entry.Value);
    }

    /// <summary>Writes a node; <paramref name="indent"/> is that of the collection it stands in.</summary>
    private void Node(YamlNode node, int indent, Parent parent)
    {
        if (_uses.GetValueOrDefault(node) > 1)
        {
            if (_anchors.TryGetValue(node, out var known))
            {
                _text.Indicator("*" + known, spaced: true);
                return;
            }

            _anchors.Add(node, $"id{_anchors.Count + 1:000}");
            _text.Indicator("&" + _anchors[node], spaced: true);
        }

        switch (node)
        {
            case YamlNode.Map { Entries.Count: 0 }:
                _text.Indicator("{}", spaced: true);
                break;
            case YamlNode.List { Items.Count: 0 }:
                _text.Indicator("[]", spaced: true);
                break;
            case YamlNode.Map map:
                Mapping(map, indent + DumpText.Step);
                break;
            case YamlNode.List list:
                Sequence(list, parent == Parent.Mapping ? indent : indent + DumpText.Step);
                break;
            default:
                _text.Scalar(PlainText(node), node is YamlNode.Text, indent + DumpText.Step, isKey: false);
                break;
        }
    }

    private void Mapping(YamlNode.Map map, int indent)
    {
        foreach (var entry in map.Entries.OrderBy(entry => PlainText(entry.Key), StringComparer.Ordinal))
        {
            _text.Indent(indent);
            var key = PlainText(entry.Key);
            if (key.Length < DumpText.LongestKey && !key.AsSpan().ContainsAny("\n\u0085\u2028\u2029"))
            {
                _text.Scalar(key, entry.Key is YamlNode.Text, indent + DumpText.Step, isKey: true);
            }
            else
            {
                _text.Indicator("?", spaced: true, indention: true);
                _text.Scalar(key, entry.Key is YamlNode.Text, indent + DumpText.Step, isKey: false);
                _text.Indent(indent);
            }

            _text.Indicator(":", spaced: false);
            Node(entry.Value, indent, Parent.Mapping);
        }
    }

    private void Sequence(YamlNode.List list, int indent)
    {
        foreach (var item in list.Items)
        {
            _text.Indent(indent);
            _text.Indicator("-", spaced: true, indention: true);
            Node(item, indent, Parent.Sequence);
        }
    }

    private static string PlainText(YamlNode node) => node switch
    {
        YamlNode.Null => "null",
        YamlNode.Bool flag => flag.Value ? "true" : "false",
        YamlNode.Float number => Float(number.Value),
        YamlNode.Moment moment => moment.Value,
        YamlNode.Bytes bytes => "!!binary " + Convert.ToBase64String(bytes.Value),
        _ => PythonText.Of(node)!,
    };

    private static string Float(double value)
    {
        if (!double.IsFinite(value))
            return double.IsNaN(value) ? ".nan" : value > 0 ? ".inf" : "-.inf";
        var text = PythonText.Float(value);
        return text.Contains('.', StringComparison.Ordinal)
            ? text
            : text.Replace("e", ".0e", StringComparison.Ordinal).ToString(CultureInfo.InvariantCulture);
    }

    private enum Parent
    {
        Root,
        Mapping,
        Sequence,
    }
}
