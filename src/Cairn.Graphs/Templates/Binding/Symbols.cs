using Cairn.Graphs.Templates.Rendering;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Binding;

/// <summary>A variable's home.</summary>
internal sealed record Variable(FunctionScope Owner, int Slot, string Name);

/// <summary>Where to find a variable from some activation: how many activations out, and which slot.</summary>
internal readonly record struct VariableRef(int Hops, int Slot)
{
    public PyValue? Load(Scope scope)
    {
        for (var i = Hops; i > 0; i--)
            scope = scope.Parent!;
        return scope.Slots[Slot];
    }

    public void Store(Scope scope, PyValue? value)
    {
        for (var i = Hops; i > 0; i--)
            scope = scope.Parent!;
        scope.Slots[Slot] = value;
    }
}

/// <summary>How a variable gets its first value when its scope is entered.</summary>
internal enum FirstValue
{
    Parameter,
    Resolve,
    Alias,
    Undefined,
}

/// <summary>
/// The names of one scope. Which value a name has is settled before rendering: a name that is stored somewhere in a
/// scope is that scope's own everywhere in it, one that is only read comes from outside or from the variables.
/// </summary>
internal sealed class Symbols
{
    private OrderedDictionary<string, Variable> references = new(StringComparer.Ordinal);
    private OrderedDictionary<Variable, (FirstValue Kind, Variable? Source)> loads = new();

    public Symbols(FunctionScope function, Symbols? parent, int level)
    {
        Function = function;
        Parent = parent;
        Level = level;
    }

    public FunctionScope Function { get; }

    public Symbols? Parent { get; }

    public int Level { get; }

    public SortedSet<string> Stores { get; private set; } = new(StringComparer.Ordinal);

    public IEnumerable<(Variable Variable, FirstValue Kind, Variable? Source)> Loads =>
        loads.Select(static load => (load.Key, load.Value.Kind, load.Value.Source));

    public Variable? Find(string name) =>
        references.TryGetValue(name, out var variable) ? variable : Parent?.Find(name);

    public Symbols Copy()
    {
        var copy = (Symbols)MemberwiseClone();
        copy.references = new(references, StringComparer.Ordinal);
        copy.loads = new(loads);
        copy.Stores = new(Stores, StringComparer.Ordinal);
        return copy;
    }

    public void Store(string name)
    {
        Stores.Add(name);
        if (references.ContainsKey(name))
            return;
        if (Parent?.Find(name) is { } outer)
            Define(name, FirstValue.Alias, outer);
        else
            Define(name, FirstValue.Undefined);
    }

    public Variable Parameter(string name)
    {
        Stores.Add(name);
        return Define(name, FirstValue.Parameter);
    }

    public void Load(string name)
    {
        if (Find(name) is null)
            Define(name, FirstValue.Resolve);
    }

    /// <summary>A name stored in some branches of an if only keeps its outer value in the others.</summary>
    public void Merge(params Symbols[] branches)
    {
        var counts = new OrderedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var name in branches.SelectMany(static branch => branch.Stores))
        {
            if (!Stores.Contains(name))
                counts[name] = counts.GetValueOrDefault(name) + 1;
        }

        foreach (var branch in branches)
        {
            foreach (var (name, variable) in branch.references)
                references[name] = variable;
            foreach (var (variable, load) in branch.loads)
                loads[variable] = load;
            Stores.UnionWith(branch.Stores);
        }

        foreach (var (name, count) in counts)
        {
            if (count == branches.Length)
                continue;
            var outer = Parent?.Find(name);
            loads[Find(name)!] = outer is null ? (FirstValue.Resolve, null) : (FirstValue.Alias, outer);
        }
    }

    /// <summary>Every stored name that is visible here, for a scoped block.</summary>
    public OrderedDictionary<string, Variable> Visible()
    {
        var visible = new OrderedDictionary<string, Variable>(StringComparer.Ordinal);
        for (var symbols = this; symbols is not null; symbols = symbols.Parent)
        {
            foreach (var name in symbols.Stores)
                visible.TryAdd(name, Find(name)!);
        }

        return visible;
    }

    private Variable Define(string name, FirstValue kind, Variable? source = null)
    {
        var variable = Function.Declare(Level, name);
        references[name] = variable;
        loads[variable] = (kind, source);
        return variable;
    }
}
