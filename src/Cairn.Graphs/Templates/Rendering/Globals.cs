using System.Numerics;
using System.Text;
using Cairn.Graphs.Templates.Callables;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Rendering;

/// <summary>
/// The names that every template has: range, dict, cycler, joiner, namespace. <c>lipsum</c> is refused by name: its
/// text is random in the original.
/// </summary>
internal static class Globals
{
    private static readonly Dictionary<string, PyValue> Names = new(StringComparer.Ordinal)
    {
        ["range"] = new PyFunction("<function safe_range at 0x7f0000000000>", Range),
        ["dict"] = new PyFunction("<class 'dict'>", Dict, "type"),
        ["cycler"] = new PyFunction("<class 'jinja2.utils.Cycler'>", Cycler, "type"),
        ["joiner"] = new PyFunction("<class 'jinja2.utils.Joiner'>", Joiner, "type"),
        ["namespace"] = new PyFunction("<class 'jinja2.utils.Namespace'>", Namespace, "type"),
        ["lipsum"] = new PyFunction("<function generate_lorem_ipsum at 0x7f0000000000>", static (_, _) =>
            throw new PyException(PyErrorKind.Refused, "lipsum is not offered: its text is random")),
    };

    public static PyValue? Find(string name) => Names.GetValueOrDefault(name);

    private static PyValue Range(Run run, Arguments arguments)
    {
        if (arguments.Named.Length > 0)
        {
            throw PyException.Type(
                $"safe_range() got an unexpected keyword argument '{arguments.Named[0].Key}'");
        }

        var given = arguments.Positional;
        if (given.Length is 0 or > 3)
        {
            throw PyException.Type(given.Length == 0
                ? "range expected at least 1 argument, got 0"
                : $"range expected at most 3 arguments, got {given.Length}");
        }

        foreach (var value in given)
        {
            if (value is PyUndefined undefined)
                throw PyException.Type($"'{undefined.TypeName}' object cannot be interpreted as an integer");
        }

        var start = given.Length == 1 ? BigInteger.Zero : Expect.Whole(given[0]);
        var stop = Expect.Whole(given[given.Length == 1 ? 0 : 1]);
        return PyRange.Of(start, stop, given.Length == 3 ? Expect.Whole(given[2]) : BigInteger.One);
    }

    private static PyValue Dict(Run run, Arguments arguments)
    {
        var dict = new PyDict();
        DictMethods.Fill(dict, "dict", arguments, run.Fuel);
        return dict;
    }

    private static PyValue Cycler(Run run, Arguments arguments)
    {
        if (arguments.Named.Length > 0)
        {
            throw PyException.Type(
                $"Cycler.__init__() got an unexpected keyword argument '{arguments.Named[0].Key}'");
        }

        return arguments.Positional.Length == 0
            ? throw new PyException(PyErrorKind.RuntimeError, "at least one item has to be provided")
            : new PyCycler(arguments.Positional);
    }

    private static PyValue Joiner(Run run, Arguments arguments)
    {
        var bound = new Signature("Joiner.__init__", 1, 0, "sep").Bind(arguments);
        return new PyJoiner(bound[0] ?? ", ");
    }

    private static PyValue Namespace(Run run, Arguments arguments)
    {
        var attributes = new PyDict();
        DictMethods.Fill(attributes, "dict", arguments, run.Fuel);
        return new PyNamespace(attributes);
    }
}

/// <summary>Gives its items in turn.</summary>
internal sealed class PyCycler(PyValue[] items) : PyValue
{
    private int at;

    public override string TypeName => "Cycler";

    public override string QualifiedName => "jinja2.utils.Cycler";

    public override PyValue? Attribute(string name) => name switch
    {
        "current" => items[at],
        "pos" => at,
        "items" => new PyTuple(items),
        "next" => new PyFunction("<bound method Cycler.next>", (_, _) =>
        {
            var item = items[at];
            at = (at + 1) % items.Length;
            return item;
        }),
        "reset" => new PyFunction("<bound method Cycler.reset>", (_, _) =>
        {
            at = 0;
            return None;
        }),
        _ => null,
    };

    public override void WriteRepr(StringBuilder text, Fuel fuel) =>
        text.Append("<jinja2.utils.Cycler object at 0x7f0000000000>");
}

/// <summary>Nothing at the first call, the separator at the others.</summary>
internal sealed class PyJoiner(PyValue separator) : PyValue
{
    private bool isUsed;

    public override string TypeName => "Joiner";

    public override string QualifiedName => "jinja2.utils.Joiner";

    public override bool IsCallable => true;

    public override PyValue? Attribute(string name) => name switch
    {
        "sep" => separator,
        "used" => isUsed,
        _ => null,
    };

    public override PyValue Call(Run run, Arguments arguments)
    {
        if (isUsed)
            return separator;
        isUsed = true;
        return "";
    }

    public override void WriteRepr(StringBuilder text, Fuel fuel) =>
        text.Append("<jinja2.utils.Joiner object at 0x7f0000000000>");
}

/// <summary>Attributes that survive the scope that set them.</summary>
internal sealed class PyNamespace(PyDict attributes) : PyValue
{
    private bool writing;

    public PyDict Attributes => attributes;

    public override string TypeName => "Namespace";

    public override string QualifiedName => "jinja2.utils.Namespace";

    public override PyValue? Attribute(string name) => attributes.Get(name);

    public override void WriteRepr(StringBuilder text, Fuel fuel)
    {
        if (writing)
            throw new PyException(PyErrorKind.RecursionError, "maximum recursion depth exceeded");
        writing = true;
        text.Append("<Namespace ");
        attributes.WriteRepr(text, fuel);
        text.Append('>');
        writing = false;
    }
}
