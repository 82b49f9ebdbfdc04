namespace Cairn.Flows.Program.Ops;

/// <summary>A compiled branch, or the one body of all iterations.</summary>
/// <param name="name">The branch's name; empty for iterations.</param>
/// <param name="layout">Its own variables.</param>
internal sealed class BranchCode(string name, FrameLayout layout)
{
    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>Its own variables.</summary>
    public FrameLayout Layout { get; } = layout;

    /// <summary>Its first operation.</summary>
    public Op Entry { get; set; } = null!;

    /// <summary>The place of the iteration's value.</summary>
    public int Value { get; init; } = -1;

    /// <summary>The place of the iteration's number, or -1.</summary>
    public int Index { get; init; } = -1;
}
