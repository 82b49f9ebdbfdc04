using System.Numerics;
using Cairn.Graphs.Yaml;

namespace Cairn.Graphs.Validation;

/// <summary>
/// Reads the fields of one mapping with the coercions of spec/osmo.md 1.6 and 1.7 and reports what does not fit. A
/// field that could not be read counts as missing, so that one run finds all errors.
/// </summary>
internal sealed class MapReader(YamlNode.Map map, string where, Findings findings)
{
    private readonly List<string> _known = [];

    /// <summary>The mapping itself.</summary>
    public YamlNode.Map Node => map;

    /// <summary>What messages call it: `task "train"`.</summary>
    public string Where => where;

    /// <summary>A reader of a node that must be a mapping; null, and an error, when it is none.</summary>
    public static MapReader? Of(YamlNode node, string where, Findings findings)
    {
        if (Again(node) is YamlNode.Map map)
            return new MapReader(map, where, findings);
        findings.Error(node, $"{where} must be a mapping, but is {NodeWords.Of(node)}");
        return null;
    }

    /// <summary>The value of a field, null when it is missing.</summary>
    public YamlNode? Find(string field)
    {
        _known.Add(field);
        return map[field];
    }

    /// <summary>A text; numbers become one, as Python writes them.</summary>
    public string? Text(string field, bool nullable = false) =>
        Find(field) is { } node && !(nullable && node is YamlNode.Null) ? TextOf(node, field) : null;

    /// <summary>A text that must be there.</summary>
    public string RequiredText(string field)
    {
        if (map[field] is not null)
            return Text(field) ?? "";
        _known.Add(field);
        findings.Error(map, $"{where}: {field} is missing");
        return "";
    }

    /// <summary>A yes or no.</summary>
    public bool Flag(string field, bool fallback)
    {
        if (Find(field) is not { } node)
            return fallback;
        if (FlagOf(Again(node)) is { } flag)
            return flag;
        findings.Error(node, $"{where}: {field} must be true or false, but is {NodeWords.Of(node)}");
        return fallback;
    }

    /// <summary>A whole number, or null.</summary>
    public int? Whole(string field)
    {
        if (Find(field) is not { } node || node is YamlNode.Null)
            return null;
        if (WholeOf(Again(node)) is { } number && number >= int.MinValue && number <= int.MaxValue)
            return (int)number;
        findings.Error(node, $"{where}: {field} must be a whole number, but is {NodeWords.Of(node)}");
        return null;
    }

    /// <summary>A list; empty when missing.</summary>
    public IReadOnlyList<YamlNode> List(string field)
    {
        if (Find(field) is not { } node)
            return [];
        if (Again(node) is YamlNode.List list)
            return list.Items;
        findings.Error(node, $"{where}: {field} must be a list, but is {NodeWords.Of(node)}", Leave(node));
        return [];
    }

    /// <summary>A list of texts; an item that is none is reported and left out.</summary>
    public List<string> Texts(string field)
    {
        var texts = new List<string>();
        var items = List(field);
        for (var i = 0; i < items.Count; i++)
        {
            var text = items[i] is YamlNode.Text plain ? plain.Value : TextOf(items[i], $"{field}[{i}]");
            if (text is not null)
                texts.Add(text);
        }

        return texts;
    }

    /// <summary>A mapping's entries; empty when missing.</summary>
    public IReadOnlyList<YamlEntry> Entries(string field)
    {
        if (Find(field) is not { } node)
            return [];
        if (Again(node) is YamlNode.Map entries)
            return entries.Entries;
        findings.Error(node, $"{where}: {field} must be a mapping, but is {NodeWords.Of(node)}", Leave(node));
        return [];
    }

    /// <summary>Reports every field that nobody asked for.</summary>
    public void Close(Func<string, string?>? advice = null)
    {
        foreach (var entry in map.Entries)
        {
            var name = PythonText.Of(entry.Key) ?? "";
            if (entry.Key is YamlNode.Text && _known.Contains(name))
                continue;
            var near = Nearest.Of(name, _known);
            var hint = advice?.Invoke(name) ?? (near is null ? null : $"did you mean \"{near}\"?");
            findings.Error(entry.Key, $"Unknown field \"{name}\" in {where}", hint);
        }
    }

    /// <summary>A text, or null and an error.</summary>
    public string? TextOf(YamlNode node, string field)
    {
        if (node is YamlNode.Text or YamlNode.Integer or YamlNode.Float)
            return PythonText.Of(node);
        var hint = node is YamlNode.Bool
            ? "YAML 1.1 reads yes, no, on and off as true and false; quote the text"
            : Leave(node);
        findings.Error(node, $"{where}: {field} must be a text, but is {NodeWords.Of(node)}", hint);
        return null;
    }

    /// <summary>A node that the second pass made of one expression is read again where no text is wanted.</summary>
    public static YamlNode Again(YamlNode node) =>
        node is YamlNode.Text { Expression: true } text && YamlReader.Read(text.Value).Node is { } again ? again : node;

    private static bool? FlagOf(YamlNode node) => node switch
    {
        YamlNode.Bool flag => flag.Value,
        YamlNode.Integer number when number.Value == 0 || number.Value == 1 => number.Value == 1,
        YamlNode.Float number when number.Value is 0 or 1 => number.Value == 1,
        YamlNode.Text text => text.Value.ToLowerInvariant() switch
        {
            "1" or "on" or "t" or "true" or "y" or "yes" => true,
            "0" or "off" or "f" or "false" or "n" or "no" => false,
            _ => null,
        },
        _ => null,
    };

    private static BigInteger? WholeOf(YamlNode node) => node switch
    {
        YamlNode.Integer number => number.Value,
        YamlNode.Bool flag => flag.Value ? 1 : 0,
        YamlNode.Float number when double.IsInteger(number.Value) => new BigInteger(number.Value),
        YamlNode.Text text => PythonNumber.Integer(WithoutZeros(text.Value)),
        _ => null,
    };

    private static string WithoutZeros(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && text.AsSpan(dot + 1).Trim('0').IsWhiteSpace() && dot + 1 < text.Length ? text[..dot] : text;
    }

    private static string? Leave(YamlNode node) =>
        node is YamlNode.Null ? "an empty field is not the same as a missing one: leave it out" : null;
}
