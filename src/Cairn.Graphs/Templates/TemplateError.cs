namespace Cairn.Graphs.Templates;

/// <summary>Why a template could not be parsed or rendered, as a value.</summary>
/// <param name="Kind">The original's exception class, such as UndefinedError; FuelExhausted and Refused are
/// ours.</param>
/// <param name="Message">The original's text.</param>
/// <param name="File">The file the template came from.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
/// <param name="Hint">What to do about it, where that is known.</param>
internal sealed record TemplateError(
    Values.PyErrorKind Kind, string Message, string File, int Line, int Column, string? Hint)
{
    /// <summary>
    /// The message as the original wraps it (spec 2.1): TypeErrors apart, the exception class goes first.
    /// </summary>
    public string Wrapped => Kind == Values.PyErrorKind.TypeError
        ? $"Jinja Template Error: {Message}"
        : $"Jinja substitution failure: {Kind}: {Message}";

    /// <inheritdoc/>
    public override string ToString() => $"{File}:{Line}:{Column}: {Wrapped}";
}
