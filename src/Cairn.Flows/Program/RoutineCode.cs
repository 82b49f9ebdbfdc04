using Cairn.Flows.Values;

namespace Cairn.Flows.Program;

/// <summary>A compiled routine.</summary>
internal sealed class RoutineCode(string name, IReadOnlyList<ParameterCode> parameters)
{
    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>What it takes; the first variables of its frame.</summary>
    public IReadOnlyList<ParameterCode> Parameters { get; } = parameters;

    /// <summary>Its variables.</summary>
    public FrameLayout Layout { get; } = new(name);

    /// <summary>Its first operation.</summary>
    public Op Entry { get; set; } = null!;

    /// <summary>Replaces the label of its beginning, once all operations are there.</summary>
    public void Link() => Entry = Op.Target(Entry);
}

/// <summary>A parameter of a compiled routine.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Default">Its value where a call gives none; unassigned: a call must give one.</param>
internal sealed record ParameterCode(string Name, FlowValue Default);

/// <summary>The variables of a frame: of a routine, or of a branch of one.</summary>
/// <param name="id">The routine, or the step of the branch; the same in every compilation.</param>
internal sealed class FrameLayout(string id)
{
    private readonly List<string> _names = [];
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>The routine, or the step and branch.</summary>
    public string Id { get; } = id;

    /// <summary>Unique names, in the order of their places: `x`, `e@step` for the variable of an inner scope.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>How many variables it has.</summary>
    public int Size => _names.Count;

    /// <summary>A new variable; returns its place.</summary>
    public int Add(string name)
    {
        _counts[name] = _counts.TryGetValue(name, out var count) ? count + 1 : 1;
        var unique = count == 0 ? name : $"{name}#{count + 1}";
        _names.Add(unique);
        return _names.Count - 1;
    }
}
