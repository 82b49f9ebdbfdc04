using System.Diagnostics;
using System.Text;
using Cairn.Graphs.Templates;
using Cairn.Graphs.Templates.Values;
using Cairn.Graphs.Yaml;

namespace Cairn.Graphs.Sections;

/// <summary>The variables of a rendering, in the order in which they were first given.</summary>
internal sealed class TemplateData
{
    private readonly List<string> _order = [];
    private readonly SortedDictionary<string, PyValue> _values = new(StringComparer.Ordinal);

    /// <summary>
    /// Steps left for all renderings with these variables: the many small texts of a second pass share what one large
    /// template may use.
    /// </summary>
    public long StepsLeft { get; set; } = 2 * TemplateLimits.Default.Steps;

    /// <summary>Names of all variables.</summary>
    public IReadOnlyList<string> Names => _order;

    /// <summary>Gives a variable a value; the last one wins.</summary>
    public void Set(string name, YamlNode value)
    {
        if (!_values.ContainsKey(name))
            _order.Add(name);
        _values[name] = Python(value);
    }

    /// <summary>The variables as a dict of their own.</summary>
    public PyDict Dict()
    {
        var dict = new PyDict();
        foreach (var name in _order)
            dict[name] = _values[name];
        return dict;
    }

    /// <summary>
    /// A node as Python has it. Dates and binary data become the text that Python prints for them: templates can do
    /// nothing else with them that survives being read as YAML again.
    /// </summary>
    private static PyValue Python(YamlNode node)
    {
        switch (node)
        {
            case YamlNode.Null:
                return PyValue.None;
            case YamlNode.Bool flag:
                return flag.Value;
            case YamlNode.Integer number:
                return number.Value;
            case YamlNode.Float number:
                return number.Value;
            case YamlNode.Text text:
                return text.Value;
            case YamlNode.Moment moment:
                return moment.Value;
            case YamlNode.Bytes bytes:
                return Encoding.Latin1.GetString(bytes.Value);
            case YamlNode.List list:
                return new PyList(list.Items.Select(Python));
            case YamlNode.Map map:
                var dict = new PyDict();
                foreach (var entry in map.Entries)
                    dict[Python(entry.Key)] = Python(entry.Value);
                return dict;
            default:
                throw new UnreachableException();
        }
    }
}
