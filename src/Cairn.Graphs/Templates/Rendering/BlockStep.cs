using Cairn.Graphs.Templates.Binding;
using Cairn.Graphs.Templates.Lexing;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Rendering;

/// <summary>The body of a block: an activation of its own that sees only top-level names, unless it is
/// scoped.</summary>
internal sealed record BlockCode(
    string Name, FunctionScope Function, ScopeEntry Entry, Step[] Body, VariableRef? Self, VariableRef? Super)
{
    public void Render(Run run, Context context, TextSink sink)
    {
        var scope = new Scope(Function.Size, null, context);
        Self?.Store(scope, new PySelf(context));
        Super?.Store(scope, new PyUndefined(
            $"there is no parent block called {StrRepr.Of(Name)}.", null, "super"));
        Entry.Enter(scope);
        run.Fuel.Enter();
        Step.All(Body, run, scope, sink);
        run.Fuel.Leave();
    }
}

/// <summary>A block where it stands; without inheritance it renders itself.</summary>
internal sealed class BlockStep(
    string name, (string Name, VariableRef Reference)[]? visible, bool isRequired, Place place)
    : Step
{
    public override void Execute(Run run, Scope scope, TextSink sink)
    {
        run.At = place;
        if (isRequired)
        {
            throw new PyException(
                PyErrorKind.TemplateRuntimeError, $"Required block {StrRepr.Of(name)} not found");
        }

        var context = scope.Context;
        if (visible is not null)
        {
            var locals = new PyDict();
            foreach (var (local, reference) in visible)
            {
                if (reference.Load(scope) is { } value)
                    locals[local] = value;
            }

            context = context.Derive(locals);
        }

        context.Code.Blocks[name].Render(run, context, sink);
    }
}
