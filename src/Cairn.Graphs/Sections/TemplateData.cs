using Cairn.Graphs.Yaml;

namespace Cairn.Graphs.Sections;

/// <summary>The variables of a rendering, in the order in which they were first given.</summary>
internal sealed class TemplateData
{
    private readonly List<string> _order = [];
    private readonly SortedDictionary<string, YamlNode> _values = new(StringComparer.Ordinal);

    /// <summary>All variables.</summary>
    public IEnumerable<(string Name, YamlNode Value)> Variables => _order.Select(name => (name, _values[name]));

    /// <summary>Gives a variable a value; the last one wins.</summary>
    public void Set(string name, YamlNode value)
    {
        if (!_values.ContainsKey(name))
            _order.Add(name);
        _values[name] = value;
    }

    /// <summary>Whether a variable has a value.</summary>
    public bool Has(string name) => _values.ContainsKey(name);
}
