using Cairn.Graphs.Templates.Lexing;
using Cairn.Graphs.Templates.Rendering;

namespace Cairn.Graphs.Templates.Values;

/// <summary>A Python exception on its way through a template; never leaves the engine.</summary>
internal sealed class PyException(PyErrorKind kind, string message) : Exception(message)
{
    public PyErrorKind Kind { get; } = kind;

    /// <summary>Where a compile-time error stands; null where the run knows.</summary>
    public Place? Place { get; init; }

    /// <summary>What Python's <c>except LookupError</c> would catch.</summary>
    public bool IsLookup => Kind is PyErrorKind.KeyError or PyErrorKind.IndexError;

    public static PyException Type(string message) => new(PyErrorKind.TypeError, message);

    public static PyException Value(string message) => new(PyErrorKind.ValueError, message);

    /// <summary>A namespace looks its attributes up by itself, and its error is the bare name.</summary>
    public static PyException Attribute(PyValue value, string name) => new(
        PyErrorKind.AttributeError,
        value is PyNamespace ? name : $"'{value.TypeName}' object has no attribute '{name}'");
}
