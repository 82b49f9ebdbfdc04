using System.Text;
using Cairn.Graphs.Templates.Callables;

namespace Cairn.Graphs.Templates.Values;

/// <summary>
/// Jinja's StrictUndefined: every use but <c>is defined</c> and <c>default</c> raises. The value of an inline if
/// without else is the lenient kind, as in the original: it prints nothing and is false.
/// </summary>
internal sealed class PyUndefined(
    string? hint, PyValue? target, PyValue name, PyErrorKind kind = PyErrorKind.UndefinedError, bool isStrict = true)
    : PyValue
{
    public bool IsStrict => isStrict;

    /// <summary>The name that was not found, for hints.</summary>
    public string? Name => (name as PyStr)?.Value;

    /// <summary>Whether a variable, not a part of a value, is missing.</summary>
    public bool IsVariable => target is null && hint is null;

    public override string TypeName => isStrict ? "StrictUndefined" : "Undefined";

    public override string QualifiedName => "jinja2.runtime." + TypeName;

    public override bool IsIterable => true;

    public override bool HasItems => true;

    public override bool HasLength => true;

    public override bool IsCallable => true;

    public static PyUndefined Variable(string name) => new(null, null, name);

    public static PyUndefined Member(PyValue target, PyValue name) => new(null, target, name);

    public static PyUndefined Hinted(string hint) => new(hint, null, None);

    public PyException Error() => new(kind, Message());

    public override bool Truth() => isStrict ? throw Error() : false;

    public override void WriteRepr(StringBuilder text, Fuel fuel) => text.Append("Undefined");

    public override void WriteStr(StringBuilder text, Fuel fuel)
    {
        if (isStrict)
            throw Error();
    }

    public override string Str(Fuel fuel) => isStrict ? throw Error() : "";

    public override IEnumerator<PyValue> Iterate() =>
        isStrict ? throw Error() : Enumerable.Empty<PyValue>().GetEnumerator();

    public override long Length(Fuel fuel) => isStrict ? throw Error() : 0;

    public override PyValue Item(PyValue key, Fuel fuel) => throw Error();

    public override PyValue Slice(PySlice slice, Fuel fuel) => throw Error();

    /// <summary>
    /// The original's own fields are there, and being private they are refused as unsafe; other names raise.
    /// </summary>
    public override PyValue? Attribute(string attribute) => attribute switch
    {
        "_undefined_name" or "_undefined_hint" or "_undefined_obj" or "_undefined_exception" or "_undefined_message"
            or "_fail_with_undefined_error" => None,
        _ when attribute.StartsWith("__", StringComparison.Ordinal) => null,
        _ => throw Error(),
    };

    public override bool Contains(PyValue item, Fuel fuel) => isStrict ? throw Error() : false;

    public override PyValue Call(Run run, Arguments arguments) => throw Error();

    public override int Hash() => isStrict ? throw Error() : 1;

    public override bool EqualTo(PyValue other, Fuel fuel) =>
        isStrict ? throw Error() : other is PyUndefined { IsStrict: false };

    private string Message()
    {
        if (hint is { Length: > 0 })
            return hint;
        var fuel = new Fuel(100_000, 1_000_000);
        if (target is null)
            return $"{name.Repr(fuel)} is undefined";
        var type = target is PyNone ? "None" : target.QualifiedName + " object";
        return name is PyStr
            ? $"{StrRepr.Of(type)} has no attribute {name.Repr(fuel)}"
            : $"{type} has no element {name.Repr(fuel)}";
    }
}
