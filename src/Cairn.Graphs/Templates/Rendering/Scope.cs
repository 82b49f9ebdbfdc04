using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Rendering;

/// <summary>One activation: its variables (null where not set), the activation around it, and the context.</summary>
internal sealed class Scope(int size, Scope? parent, Context context)
{
    public PyValue?[] Slots { get; } = size == 0 ? [] : new PyValue?[size];

    public Scope? Parent => parent;

    public Context Context => context;
}
