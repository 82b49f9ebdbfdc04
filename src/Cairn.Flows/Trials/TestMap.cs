using System.Globalization;
using Cairn.Flows.Compiling;
using Cairn.Flows.Sources;
using Cairn.Flows.Syntax;
using Cairn.Flows.Values;

namespace Cairn.Flows.Trials;

/// <summary>A map of a `*.test.yaml` with typed entries; what is wrong goes to the findings.</summary>
internal sealed class TestMap
{
    private readonly SourceNode.Map? _map;
    private readonly string _what;
    private readonly Findings _findings;

    public TestMap(SourceNode node, string what, Findings findings)
    {
        (_map, _what, _findings, Span) = (node as SourceNode.Map, what, findings, node.Span);
        if (_map is null) findings.Error(node.Span, $"{what} is a map, found {node.Told}");
    }

    /// <summary>Where it stands.</summary>
    public SourceSpan Span { get; }

    /// <summary>Refuses all keys but these.</summary>
    public void Allow(params string[] keys)
    {
        foreach (var entry in _map?.Entries ?? [])
        {
            if (keys.Contains(entry.Key.Text)) continue;
            var near = Nearest.Of(entry.Key.Text, keys);
            _findings.Error(
                entry.Key.Span, $"{_what} has no '{entry.Key.Text}'",
                near is null ? $"it has {string.Join(", ", keys)}" : $"did you mean '{near}'?");
        }
    }

    /// <summary>The value of a key as it stands; null: there is none.</summary>
    public SourceNode? Find(string key) => _map?[key];

    /// <summary>The value of a key.</summary>
    public FlowValue? Value(string key) => Find(key) is { } node ? PlainValues.Of(node) : null;

    /// <summary>A text.</summary>
    public string? Text(string key, bool isNeeded = false)
    {
        if (Find(key) is not { } node)
        {
            if (isNeeded) _findings.Error(Span, $"{_what} has a '{key}'");
            return null;
        }

        if (node is SourceNode.Scalar { IsText: true } scalar) return scalar.Text;
        _findings.Error(node.Span, $"'{key}' is a text, found {node.Told}");
        return null;
    }

    /// <summary>A number.</summary>
    public double? Number(string key)
    {
        if (Find(key) is not { } node) return null;
        switch (PlainValues.Of(node))
        {
            case { Kind: FlowKind.Integer } whole:
                return whole.AsInteger();
            case { Kind: FlowKind.Double } real:
                return real.AsDouble();
            default:
                _findings.Error(node.Span, $"'{key}' is a number, found {node.Told}");
                return null;
        }
    }

    /// <summary>A boolean; absent is false.</summary>
    public bool Flag(string key)
    {
        if (Find(key) is not { } node) return false;
        if (PlainValues.Of(node) is { Kind: FlowKind.Boolean } flag) return flag.AsBoolean();
        _findings.Error(node.Span, $"'{key}' is true or false, found {node.Told}");
        return false;
    }

    /// <summary>A moment, RFC 3339.</summary>
    public DateTimeOffset? Moment(string key)
    {
        if (Text(key) is not { } text) return null;
        if (DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var moment))
            return moment;
        _findings.Error(Find(key)!.Span, $"'{key}' is a time such as 2026-01-01T00:00:00Z, found \"{text}\"");
        return null;
    }

    /// <summary>The elements of a list; absent is empty.</summary>
    public IReadOnlyList<SourceNode> Items(string key, bool isNeeded = false)
    {
        switch (Find(key))
        {
            case SourceNode.List list when list.Items.Count > 0 || !isNeeded:
                return list.Items;
            case null when !isNeeded:
                return [];
            case var other:
                _findings.Error(other?.Span ?? Span, $"{_what}: '{key}' is a list of at least one");
                return [];
        }
    }

    /// <summary>A list of texts; null: absent.</summary>
    public IReadOnlyList<string>? List(string key) =>
        Find(key) is null ? null : [.. Items(key).Select(item => item is SourceNode.Scalar scalar ? scalar.Text : "")];

    /// <summary>A map of texts; absent is empty.</summary>
    public IReadOnlyDictionary<string, string> Texts(string key)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (Find(key) is not { } node) return texts;
        if (node is not SourceNode.Map map)
        {
            _findings.Error(node.Span, $"'{key}' is a map of texts, found {node.Told}");
            return texts;
        }

        foreach (var entry in map.Entries)
        {
            if (entry.Value is SourceNode.Scalar scalar) texts[entry.Key.Text] = scalar.Text;
            else _findings.Error(entry.Value.Span, $"'{entry.Key.Text}' is a text, found {entry.Value.Told}");
        }

        return texts;
    }
}
