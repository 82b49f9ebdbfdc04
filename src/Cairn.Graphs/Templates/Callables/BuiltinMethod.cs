using System.Text;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Callables;

/// <summary>What a built-in method does with its own value and its arguments; a missing argument is null.</summary>
internal delegate PyValue MethodBody<in T>(T self, PyValue?[] arguments, Run run)
    where T : PyValue;

/// <summary>How CPython parses a built-in's arguments, which decides the text of its complaints.</summary>
internal enum MethodStyle
{
    /// <summary><c>str.upper() takes no arguments (1 given)</c>, <c>str.join() takes exactly one
    /// argument</c>.</summary>
    Fixed,

    /// <summary><c>replace expected at least 2 arguments, got 1</c>.</summary>
    Counted,

    /// <summary><c>find() takes at least 1 argument (0 given)</c>.</summary>
    Parsed,

    /// <summary>By name too: <c>'x' is an invalid keyword argument for split()</c>.</summary>
    Named,
}

/// <summary>A method of a built-in type.</summary>
internal sealed record BuiltinMethod<T>(
    string Name, MethodStyle Style, int Least, int Most, MethodBody<T> Body, params string[] Parameters)
    where T : PyValue
{
    public PyValue?[] Bind(T self, Arguments arguments)
    {
        var given = arguments.Positional.Length;
        var bound = new PyValue?[Math.Max(Most, given)];
        if (arguments.Named.Length > 0 && Style != MethodStyle.Named)
            throw PyException.Type($"{Qualified(self)}() takes no keyword arguments");
        if (given + arguments.Named.Length < Least || given + arguments.Named.Length > Most)
            throw Wrong(self, given + arguments.Named.Length);
        arguments.Positional.CopyTo(bound, 0);
        foreach (var (name, value) in arguments.Named)
        {
            var index = Array.IndexOf(Parameters, name);
            if (index < 0)
                throw PyException.Type($"'{name}' is an invalid keyword argument for {Name}()");
            if (bound[index] is not null)
            {
                throw PyException.Type(
                    $"argument for {Name}() given by name ('{name}') and position ({index + 1})");
            }

            bound[index] = value;
        }

        return bound;
    }

    private string Qualified(T self) => $"{(self is PyStr ? "str" : self is PyTuple ? "tuple" : self.TypeName)}.{Name}";

    private PyException Wrong(T self, int given)
    {
        var few = given < Least;
        var bound = few ? Least : Most;
        var plural = bound == 1 ? "" : "s";
        var side = Least == Most ? "" : few ? "at least " : "at most ";
        return PyException.Type(Style switch
        {
            MethodStyle.Fixed when Most == 0 => $"{Qualified(self)}() takes no arguments ({given} given)",
            MethodStyle.Fixed => $"{Qualified(self)}() takes exactly one argument ({given} given)",
            MethodStyle.Counted => $"{Name} expected {side}{bound} argument{plural}, got {given}",
            _ => $"{Name}() takes {(side.Length == 0 ? "exactly " : side)}{bound} argument{plural} ({given} given)",
        });
    }
}

/// <summary>A method bound to its value, as <c>x.upper</c> without the call.</summary>
internal sealed class PyMethod<T>(T self, BuiltinMethod<T> method) : PyValue
    where T : PyValue
{
    public override string TypeName => "builtin_function_or_method";

    public override bool IsCallable => true;

    public override PyValue Call(Run run, Arguments arguments) => method.Body(self, method.Bind(self, arguments), run);

    public override bool EqualTo(PyValue other, Fuel fuel) =>
        other is PyMethod<T> bound && ReferenceEquals(bound.Self, self) && ReferenceEquals(bound.Method, method);

    public override void WriteRepr(StringBuilder text, Fuel fuel) =>
        text.Append("<built-in method ").Append(method.Name).Append(" of ").Append(self.TypeName)
            .Append(" object at 0x7f0000000000>");

    private T Self => self;

    private BuiltinMethod<T> Method => method;
}
