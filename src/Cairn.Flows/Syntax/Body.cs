using Cairn.Flows.Sources;

namespace Cairn.Flows.Syntax;

/// <summary>What a step does (spec/workflows.md 1.2). Closed.</summary>
/// <param name="Span">Where its first word stands.</param>
internal abstract record Body(SourceSpan Span)
{
    /// <summary>`assign`: each entry sees the ones before it.</summary>
    public sealed record Assign(SourceSpan Span, IReadOnlyList<Assignment> Entries) : Body(Span);

    /// <summary>`call`: a library function, a connector or a subworkflow.</summary>
    public sealed record Call(
        SourceSpan Span, SourceNode.Scalar Function, IReadOnlyList<SourceEntry> Arguments, Variable? Result)
        : Body(Span);

    /// <summary>`switch`: the first condition that holds.</summary>
    public sealed record Switch(SourceSpan Span, IReadOnlyList<Case> Cases) : Body(Span);

    /// <summary>`for`: one pass a value.</summary>
    public sealed record For(SourceSpan Span, Loop Loop) : Body(Span);

    /// <summary>`parallel` with `branches`.</summary>
    public sealed record Branches(SourceSpan Span, ParallelTerms Terms, IReadOnlyList<Branch> Items) : Body(Span);

    /// <summary>`parallel` with `for`.</summary>
    public sealed record ParallelFor(SourceSpan Span, ParallelTerms Terms, Loop Loop) : Body(Span);

    /// <summary>`try` with `retry` and `except`.</summary>
    public sealed record Try(SourceSpan Span, Block Tried, SourceNode? Retry, Except? Except) : Body(Span);

    /// <summary>`steps`: a group.</summary>
    public sealed record Group(SourceSpan Span, IReadOnlyList<Step> Steps) : Body(Span);

    /// <summary>`raise`.</summary>
    public sealed record Raise(SourceSpan Span, SourceNode Value) : Body(Span);

    /// <summary>`return`.</summary>
    public sealed record Return(SourceSpan Span, SourceNode Value) : Body(Span);
}

/// <summary>One entry of `assign`.</summary>
/// <param name="Target">`x`, `m.k`, `l[i + 1]`, as text.</param>
/// <param name="Value">What it is given.</param>
internal sealed record Assignment(SourceNode.Scalar Target, SourceNode Value);

/// <summary>A variable that is named, not read.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Span">Where it stands.</param>
internal sealed record Variable(string Name, SourceSpan Span);

/// <summary>One entry of `switch`.</summary>
/// <param name="Condition">A boolean, or an expression of one.</param>
/// <param name="Block">What follows when it holds.</param>
internal sealed record Case(SourceNode Condition, Block Block);

/// <summary>The inside of a `for`.</summary>
/// <param name="Value">The variable of the value.</param>
/// <param name="Index">The variable of the position, or null.</param>
/// <param name="In">A list or an expression of one; null: a range.</param>
/// <param name="Range">Two numbers, or an expression of a list of them; null: a list.</param>
/// <param name="Steps">The passes.</param>
internal sealed record Loop(
    Variable Value, Variable? Index, SourceNode? In, SourceNode? Range, IReadOnlyList<Step> Steps);

/// <summary>What both forms of `parallel` say.</summary>
/// <param name="Shared">Outer variables that branches may write.</param>
/// <param name="ConcurrencyLimit">How many run at once, or null.</param>
internal sealed record ParallelTerms(IReadOnlyList<Variable> Shared, SourceNode? ConcurrencyLimit);

/// <summary>A named branch of `parallel`.</summary>
internal sealed record Branch(string Name, SourceSpan Span, IReadOnlyList<Step> Steps);

/// <summary>The handler of a `try`.</summary>
/// <param name="As">The variable of the error, or null.</param>
/// <param name="Steps">What it does.</param>
internal sealed record Except(Variable? As, IReadOnlyList<Step> Steps);
