using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Rendering;

/// <summary>Names by text: what the template set at its top level, over the variables handed in, over the
/// globals.</summary>
internal sealed class Context(TemplateCode code, PyDict variables, Context? outer)
{
    private readonly Dictionary<string, PyValue> assigned = new(StringComparer.Ordinal);

    public TemplateCode Code => code;

    public void Set(string name, PyValue? value)
    {
        if (value is not null)
            assigned[name] = value;
    }

    public PyValue? Resolve(string name)
    {
        if (assigned.TryGetValue(name, out var value))
            return value;
        return variables.Entries.Count > 0 && variables.Get(name) is { } given
            ? given
            : outer is null ? Globals.Find(name) : outer.Resolve(name);
    }

    /// <summary>For a scoped block: what the scope around it sees, over this context.</summary>
    public Context Derive(PyDict locals) => new(code, locals, this);
}
