using System.Numerics;
using System.Text;
using Cairn.Graphs.Templates.Callables;

namespace Cairn.Graphs.Templates.Values;

/// <summary>
/// A Python value as a template sees it. Each kind overrides what its Python type can do; what it cannot do raises
/// with CPython 3.11's text, because those texts reach the user (spec 2.1).
/// </summary>
internal abstract class PyValue
{
    /// <summary>Python's <c>type(x).__name__</c>.</summary>
    public abstract string TypeName { get; }

    /// <summary>The type with its module, as Jinja names it in "has no attribute" texts.</summary>
    public virtual string QualifiedName => TypeName;

    public static PyValue None => PyNone.Instance;

    public static implicit operator PyValue(string text) => new PyStr(text);

    public static implicit operator PyValue(long number) => PyInt.Of(number);

    public static implicit operator PyValue(int number) => PyInt.Of(number);

    public static implicit operator PyValue(bool flag) => PyBool.Of(flag);

    public static implicit operator PyValue(double number) => new PyFloat(number);

    public static implicit operator PyValue(BigInteger number) => PyInteger.Of(number);

    public virtual bool Truth() => true;

    public abstract void WriteRepr(StringBuilder text, Fuel fuel);

    public virtual void WriteStr(StringBuilder text, Fuel fuel) => WriteRepr(text, fuel);

    public virtual string Str(Fuel fuel)
    {
        var text = new StringBuilder();
        WriteStr(text, fuel);
        return text.ToString();
    }

    public string Repr(Fuel fuel)
    {
        var text = new StringBuilder();
        WriteRepr(text, fuel);
        return text.ToString();
    }

    /// <summary>Python's <c>iter(x)</c>: raises at once where the value is not iterable.</summary>
    public virtual IEnumerator<PyValue> Iterate() => throw PyException.Type($"'{TypeName}' object is not iterable");

    public virtual bool IsIterable => false;

    /// <summary>Python's <c>len(x)</c>.</summary>
    public virtual long Length(Fuel fuel) => throw PyException.Type($"object of type '{TypeName}' has no len()");

    public virtual bool HasLength => false;

    /// <summary>Python's <c>x[key]</c>; null where it would raise TypeError or LookupError.</summary>
    public virtual PyValue? Item(PyValue key, Fuel fuel) => null;

    /// <summary>Whether Python's type has <c>__getitem__</c>.</summary>
    public virtual bool HasItems => false;

    /// <summary>Python's <c>x[start:stop:step]</c>.</summary>
    public virtual PyValue Slice(PySlice slice, Fuel fuel) =>
        throw PyException.Type($"'{TypeName}' object is not subscriptable");

    /// <summary>Python's <c>getattr(x, name)</c>; null where it would raise AttributeError.</summary>
    public virtual PyValue? Attribute(string name) => null;

    /// <summary>Python's <c>item in x</c>.</summary>
    public virtual bool Contains(PyValue item, Fuel fuel)
    {
        if (!IsIterable)
            throw PyException.Type($"argument of type '{TypeName}' is not iterable");
        using var items = Iterate();
        while (items.MoveNext())
        {
            fuel.Spend();
            if (Comparison.Same(items.Current, item, fuel))
                return true;
        }

        return false;
    }

    public virtual bool IsCallable => false;

    public virtual PyValue Call(Run run, Arguments arguments) =>
        throw PyException.Type($"'{TypeName}' object is not callable");

    /// <summary>Python's <c>hash(x)</c>.</summary>
    public virtual int Hash() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    /// <summary>Python's <c>==</c> between values of which at least one is of this kind.</summary>
    public virtual bool EqualTo(PyValue other, Fuel fuel) => ReferenceEquals(this, other);
}
