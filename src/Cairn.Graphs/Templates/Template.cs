using Cairn.Graphs.Templates.Binding;
using Cairn.Graphs.Templates.Lexing;
using Cairn.Graphs.Templates.Parsing;
using Cairn.Graphs.Templates.Rendering;
using Cairn.Graphs.Templates.Syntax;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates;

/// <summary>
/// A template of the graph language, with the semantics of Jinja2 3.1.2: sandboxed, StrictUndefined, default
/// delimiters, no autoescape, no loader (spec 2.1). Parsed once, rendered as often as wished; a rendering depends on
/// its variables alone.
/// </summary>
internal sealed class Template
{
    private readonly TemplateCode code;
    private readonly string file;
    private readonly bool mayMutate;

    private Template(TemplateCode code, string file, bool isSoleExpression, bool mayMutate)
    {
        this.code = code;
        this.file = file;
        this.mayMutate = mayMutate;
        IsSoleExpression = isSoleExpression;
    }

    /// <summary>Whether the whole text is one <c>{{ expression }}</c> with nothing around it (spec 2.3).</summary>
    public bool IsSoleExpression { get; }

    /// <summary>Parses a template; <paramref name="file"/> is named in errors.</summary>
    public static TemplateParse Parse(string source, string file)
    {
        try
        {
            var statements = TemplateParser.Parse(source);
            var isSole = statements is [Statement.Output { Parts: [{ Text: null }] } output]
                && output.Place is { Line: 1, Column: 1 } && source.AsSpan().TrimEnd('\n').EndsWith("}}");
            return new TemplateParse.Parsed(
                new Template(Binder.Bind(statements), file, isSole, Mutation.IsPossible(source)));
        }
        catch (PyException error)
        {
            return new TemplateParse.Failed(TemplateErrors.From(error, file, new Place(1, 1)));
        }
    }

    /// <summary>Renders with the variables given, which stay as they are.</summary>
    public TemplateOutcome Render(PyDict variables, TemplateLimits limits) => Render(variables, limits, out _);

    /// <summary>Renders, and says how many steps that took: many small texts may share one limit.</summary>
    public TemplateOutcome Render(PyDict variables, TemplateLimits limits, out long steps)
    {
        var run = new Run(new Fuel(limits.Steps, limits.Characters));
        try
        {
            var given = mayMutate ? Mutation.Copy(variables, run.Fuel) : variables;
            return new TemplateOutcome.Rendered(code.Render(run, given));
        }
        catch (PyException error)
        {
            return new TemplateOutcome.Failed(TemplateErrors.From(error, file, run.At));
        }
        finally
        {
            steps = run.Fuel.Spent;
        }
    }
}
