using Cairn.Flows.Sources;

namespace Cairn.Flows.Syntax;

/// <summary>A flow as its author wrote it: routines of steps (spec/workflows.md 1.1).</summary>
/// <param name="Routines">All of them in the order of the text; `main` is one.</param>
internal sealed record FlowDocument(IReadOnlyList<Routine> Routines)
{
    /// <summary>The routine that a run begins with.</summary>
    public Routine Main => Routines.First(routine => routine.Name == Routine.MainName);
}

/// <summary>`main` or a subworkflow.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Span">Where the name stands.</param>
/// <param name="Parameters">What it takes.</param>
/// <param name="Steps">What it does.</param>
internal sealed record Routine(
    string Name, SourceSpan Span, IReadOnlyList<Parameter> Parameters, IReadOnlyList<Step> Steps)
{
    /// <summary>The name of the first routine.</summary>
    public const string MainName = "main";
}

/// <summary>A parameter of a routine.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Span">Where it stands.</param>
/// <param name="Default">Its value where a call gives none; null: a call must give one.</param>
internal sealed record Parameter(string Name, SourceSpan Span, SourceNode? Default);

/// <summary>A step with its name.</summary>
/// <param name="Name">Free text, unique within its routine (T20: within its list).</param>
/// <param name="Span">Where the name stands.</param>
/// <param name="Block">What it does.</param>
internal sealed record Step(string Name, SourceSpan Span, Block Block);

/// <summary>The inside of a step, of a condition or of an inline `try`: bodies in order, then a jump.</summary>
/// <param name="Bodies">Mostly one.</param>
/// <param name="Next">Where to go afterwards; null: on.</param>
internal sealed record Block(IReadOnlyList<Body> Bodies, Target? Next);

/// <summary>Where a `next` leads.</summary>
/// <param name="Name">A step, or `end`, `break`, `continue`.</param>
/// <param name="Span">Where it stands.</param>
internal sealed record Target(string Name, SourceSpan Span);
