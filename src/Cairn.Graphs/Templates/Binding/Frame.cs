namespace Cairn.Graphs.Templates.Binding;

/// <summary>Whether printed values are HTML-escaped: settled by constant autoescape blocks, else at run time.</summary>
internal enum EscapeMode
{
    Never,
    Always,
    Depends,
}

/// <summary>A scope while it is bound. A soft one (if) shares its parent's names.</summary>
/// <param name="Symbols">Its names.</param>
/// <param name="IsTopLevel">Whether what it sets is seen by blocks.</param>
/// <param name="IsSoft">Whether an unknown filter is left to run time, as the original does inside if.</param>
/// <param name="IsBodyOfTemplate">Whether its output is the template's own, not that of a block, a macro, a
/// set.</param>
internal sealed record Frame(Symbols Symbols, bool IsTopLevel, bool IsSoft, bool IsBodyOfTemplate)
{
    public FunctionScope Function => Symbols.Function;

    /// <summary>A scope inside this one, in the same activation or in its own.</summary>
    public Frame Inner(FunctionScope? function = null) =>
        new(new Symbols(function ?? Function, Symbols, Symbols.Level + 1), false, false, IsBodyOfTemplate);

    public Frame Soft() => this with { IsSoft = true };

    public VariableRef Reference(string name) => Function.Reach(Symbols.Find(name)!);

    public Rendering.ScopeEntry Entry() => new(
    [
        .. Symbols.Loads.Select(load => (
            load.Kind, load.Variable.Name, Function.Reach(load.Variable),
            load.Source is null ? default : Function.Reach(load.Source))),
    ]);
}
