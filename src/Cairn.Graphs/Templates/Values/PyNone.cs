using System.Text;

namespace Cairn.Graphs.Templates.Values;

/// <summary>Python's None; NotImplemented and Ellipsis cannot be written in a template.</summary>
internal sealed class PyNone : PyValue
{
    public static readonly PyNone Instance = new();

    private PyNone()
    {
    }

    public override string TypeName => "NoneType";

    public override bool Truth() => false;

    public override string Str(Fuel fuel) => "None";

    public override void WriteRepr(StringBuilder text, Fuel fuel) => text.Append("None");
}
