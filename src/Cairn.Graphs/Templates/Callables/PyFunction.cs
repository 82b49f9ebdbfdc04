using System.Text;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Callables;

/// <summary>A function of the engine's own, such as range or a bound method of loop.</summary>
internal sealed class PyFunction(string display, Func<Run, Arguments, PyValue> body, string type = "function") : PyValue
{
    public override string TypeName => type;

    public override bool IsCallable => true;

    public override PyValue Call(Run run, Arguments arguments) => body(run, arguments);

    public override void WriteRepr(StringBuilder text, Fuel fuel) => text.Append(display);
}
