using System.Numerics;
using System.Text;
using Cairn.Graphs.Templates.Callables;

namespace Cairn.Graphs.Templates.Values;

/// <summary>A Python float; str and repr are the shortest text that reads back.</summary>
internal sealed class PyFloat(double value) : PyValue
{
    public double Value { get; } = value;

    public override string TypeName => "float";

    public override bool Truth() => Value != 0;

    public override string Str(Fuel fuel) => FloatText.Repr(Value);

    public override void WriteRepr(StringBuilder text, Fuel fuel) => text.Append(FloatText.Repr(Value));

    public override PyValue? Attribute(string name) => NumberMethods.Float(this, name);

    public override bool EqualTo(PyValue other, Fuel fuel) => other switch
    {
        PyFloat number => Value == number.Value,
        PyInteger integer => !double.IsNaN(Value) && Comparison.Order(this, integer) == 0,
        _ => false,
    };

    public override int Hash()
    {
        if (Math.Floor(Value) != Value || double.IsInfinity(Value))
            return Value.GetHashCode();
        return Math.Abs(Value) < 9e18 ? ((long)Value).GetHashCode() : PyInteger.Of(new BigInteger(Value)).Hash();
    }
}
