namespace Cairn.Graphs.Templates.Binding;

/// <summary>
/// One activation's worth of variables: the template, a block, a macro, a loop filter, a recursive loop. Jinja
/// compiles each to a Python function; its variables live as long as the activation, and closures share them.
/// </summary>
internal sealed class FunctionScope(FunctionScope? parent)
{
    private readonly Dictionary<(int Level, string Name), Variable> variables = [];

    public FunctionScope? Parent => parent;

    public int Size => variables.Count;

    /// <summary>The variable of a name at a nesting level; sibling scopes of one level share it, as in Jinja.</summary>
    public Variable Declare(int level, string name)
    {
        if (!variables.TryGetValue((level, name), out var variable))
            variables.Add((level, name), variable = new Variable(this, variables.Count, name));
        return variable;
    }

    public VariableRef Reach(Variable variable)
    {
        var hops = 0;
        for (var scope = this; scope is not null; scope = scope.Parent, hops++)
        {
            if (ReferenceEquals(scope, variable.Owner))
                return new VariableRef(hops, variable.Slot);
        }

        throw new System.Diagnostics.UnreachableException();
    }
}
