namespace Cairn.Graphs.Templates.Values;

/// <summary>The exception classes of Python and Jinja that a template can end in; names are the originals'.</summary>
internal enum PyErrorKind
{
    TemplateSyntaxError,
    TemplateAssertionError,
    TemplateRuntimeError,
    TemplatesNotFound,
    UndefinedError,
    SecurityError,
    FilterArgumentError,
    TypeError,
    ValueError,
    KeyError,
    IndexError,
    AttributeError,
    ZeroDivisionError,
    OverflowError,
    RecursionError,
    RuntimeError,
    AssertionError,
    SyntaxError,
    UnicodeEncodeError,

    /// <summary>Ours: the rendering ran out of steps or output.</summary>
    FuelExhausted,

    /// <summary>Ours: a thing of the original that this engine refuses by name.</summary>
    Refused,
}
