using Cairn.Graphs.Templates.Lexing;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates;

/// <summary>Turns an exception of the engine into the value the user gets, with a hint for the common ones.</summary>
internal static class TemplateErrors
{
    public static TemplateError From(PyException error, string file, Place at)
    {
        var place = error.Place ?? at;
        return new TemplateError(error.Kind, error.Message, file, place.Line, place.Column, Hint(error));
    }

    private static string? Hint(PyException error) => error.Kind switch
    {
        PyErrorKind.TemplateSyntaxError when error.Message == "Missing end of comment tag" =>
            "{# opens a comment; in a shell script's ${#name} put {% raw %} and {% endraw %} around it or inject the "
            + "file as base64",
        PyErrorKind.TemplateSyntaxError =>
            "text that is no template belongs between {% raw %} and {% endraw %}, or the file is injected as base64",
        PyErrorKind.UndefinedError when error.Message.EndsWith("' is undefined", StringComparison.Ordinal) =>
            "give it with --set or in default-values; a default that names another default is resolved only when "
            + "that one is given with --set",
        PyErrorKind.FuelExhausted => "the template repeats or grows without end, or needs a higher limit",
        PyErrorKind.TypeError when error.Message.StartsWith("no loader", StringComparison.Ordinal) =>
            "a graph file is one template: include, import and extends have nothing to load from",
        _ => null,
    };
}
