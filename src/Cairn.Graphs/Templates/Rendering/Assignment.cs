using Cairn.Graphs.Templates.Binding;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Rendering;

/// <summary>A bound left side: a variable, a tuple of left sides, an attribute of a namespace.</summary>
internal abstract record Assignment
{
    private Assignment()
    {
    }

    public abstract void Store(Run run, Scope scope, PyValue value);

    internal sealed record ToVariable(VariableRef Reference) : Assignment
    {
        public override void Store(Run run, Scope scope, PyValue value) => Reference.Store(scope, value);
    }

    internal sealed record ToTuple(Assignment[] Items) : Assignment
    {
        public override void Store(Run run, Scope scope, PyValue value)
        {
            if (!value.IsIterable)
                throw PyException.Type($"cannot unpack non-iterable {value.TypeName} object");
            var values = new PyValue[Items.Length];
            using var items = value.Iterate();
            for (var i = 0; i < values.Length; i++)
            {
                if (!items.MoveNext())
                {
                    throw PyException.Value(
                        $"not enough values to unpack (expected {values.Length}, got {i})");
                }

                values[i] = items.Current;
            }

            if (items.MoveNext())
                throw PyException.Value($"too many values to unpack (expected {values.Length})");
            for (var i = 0; i < values.Length; i++)
                Items[i].Store(run, scope, values[i]);
        }
    }

    internal sealed record ToNamespace(VariableRef Reference, string Attribute) : Assignment
    {
        public override void Store(Run run, Scope scope, PyValue value)
        {
            if (Reference.Load(scope) is not PyNamespace target)
            {
                throw new PyException(
                    PyErrorKind.TemplateRuntimeError, "cannot assign attribute on non-namespace object");
            }

            target.Attributes[Attribute] = value;
        }
    }
}

/// <summary>A name set at the top level, which blocks see too.</summary>
internal readonly record struct ExportedName(string Name, VariableRef Reference)
{
    public static void Publish(ExportedName[] names, Scope scope)
    {
        foreach (var (name, reference) in names)
            scope.Context.Set(name, reference.Load(scope));
    }
}

/// <summary>What happens to variables where a scope begins and ends.</summary>
internal sealed class ScopeEntry((FirstValue Kind, string Name, VariableRef Target, VariableRef Source)[] loads)
{
    public void Enter(Scope scope)
    {
        foreach (var (kind, name, target, source) in loads)
        {
            switch (kind)
            {
                case FirstValue.Resolve:
                    target.Store(scope, scope.Context.Resolve(name));
                    break;
                case FirstValue.Alias:
                    target.Store(scope, source.Load(scope));
                    break;
                case FirstValue.Undefined:
                    target.Store(scope, null);
                    break;
            }
        }
    }

    public void Leave(Scope scope)
    {
        foreach (var load in loads)
            load.Target.Store(scope, null);
    }
}
