using Cairn.Graphs.Templates.Lexing;

namespace Cairn.Graphs.Templates.Syntax;

/// <summary>A statement as parsed; the binder turns it into an <see cref="Rendering.Step"/>.</summary>
internal abstract record Statement(Place Place)
{
    internal sealed record Output(List<OutputPart> Parts, Place Place) : Statement(Place);

    internal sealed record For(
        Expr Target, Expr Source, List<Statement> Body, List<Statement> Otherwise, Expr? Test, bool IsRecursive,
        Place Place) : Statement(Place);

    internal sealed record If(
        Expr Test, List<Statement> Body, List<If> Alternatives, List<Statement> Otherwise, Place Place)
        : Statement(Place);

    internal sealed record Macro(
        string Name, List<NameExpr> Parameters, List<Expr> Defaults, List<Statement> Body, Place Place)
        : Statement(Place);

    internal sealed record CallBlock(
        CallExpr Call, List<NameExpr> Parameters, List<Expr> Defaults, List<Statement> Body, Place Place)
        : Statement(Place);

    internal sealed record FilterBlock(FilterExpr Filter, List<Statement> Body, Place Place) : Statement(Place);

    internal sealed record With(List<Expr> Targets, List<Expr> Values, List<Statement> Body, Place Place)
        : Statement(Place);

    internal sealed record Block(string Name, bool IsScoped, bool IsRequired, List<Statement> Body, Place Place)
        : Statement(Place);

    internal sealed record Assign(Expr Target, Expr Value, Place Place) : Statement(Place);

    internal sealed record AssignBlock(Expr Target, FilterExpr? Filter, List<Statement> Body, Place Place)
        : Statement(Place);

    internal sealed record Autoescape(Expr Value, List<Statement> Body, Place Place) : Statement(Place);

    /// <summary>include, import, from and extends: each asks for a loader, which there is not.</summary>
    internal sealed record Load(
        LoadKind Kind, Expr Template, List<string> Stored, bool IgnoresMissing, Place Place) : Statement(Place);
}

/// <summary>The statements that would load another template.</summary>
internal enum LoadKind
{
    Include,
    Import,
    From,
    Extends,
}

/// <summary>A piece of output: text as it stands, or an expression.</summary>
internal readonly record struct OutputPart(string? Text, Expr? Expr, Place Place);

/// <summary><c>{% set ns.name = ... %}</c>'s left side.</summary>
internal sealed class NamespaceTarget(string name, string attribute, Place place) : Expr(place)
{
    public override string Kind => "nsref";

    public override bool IsAssignable => true;

    public string Name => name;

    public string Attribute => attribute;

    public override Values.PyValue Evaluate(Run run, Rendering.Scope scope) =>
        throw new System.Diagnostics.UnreachableException();
}
