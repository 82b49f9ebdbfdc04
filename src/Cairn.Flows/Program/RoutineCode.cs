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
