namespace Cairn.Flows.Program;

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
