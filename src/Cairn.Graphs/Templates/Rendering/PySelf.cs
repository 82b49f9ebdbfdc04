using System.Text;
using Cairn.Graphs.Templates.Callables;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Rendering;

/// <summary>The <c>self</c> of a template: its blocks as functions.</summary>
internal sealed class PySelf(Context context) : PyValue
{
    public override string TypeName => "TemplateReference";

    public override string QualifiedName => "jinja2.runtime.TemplateReference";

    public override bool HasItems => true;

    public override PyValue? Item(PyValue key, Fuel fuel) =>
        key is PyStr name && context.Code.Blocks.TryGetValue(name.Value, out var block) ? Function(block) : null;

    public override void WriteRepr(StringBuilder text, Fuel fuel) => text.Append("<TemplateReference None>");

    private PyFunction Function(BlockCode block) => new(
        "<jinja2.runtime.BlockReference object at 0x7f0000000000>",
        (run, _) =>
        {
            var sink = new TextSink();
            block.Render(run, context, sink);
            return run.Autoescape ? new PyMarkup(sink.ToString()) : new PyStr(sink.ToString());
        });
}
