using Cairn.Graphs.Templates.Binding;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Rendering;

/// <summary>A template ready to run, as often as wished.</summary>
internal sealed class TemplateCode(
    FunctionScope function, ScopeEntry entry, Step[] body, VariableRef? self, Dictionary<string, BlockCode> blocks)
{
    public Dictionary<string, BlockCode> Blocks => blocks;

    public string Render(Run run, PyDict variables)
    {
        var context = new Context(this, variables, null);
        var scope = new Scope(function.Size, null, context);
        self?.Store(scope, new PySelf(context));
        entry.Enter(scope);
        return Step.Capture(body, run, scope);
    }
}
