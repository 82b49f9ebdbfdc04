using Cairn.Flows.Program;
using Cairn.Flows.Syntax;

namespace Cairn.Flows.Compiling;

/// <summary>
/// The scopes of one routine, found before anything of it is compiled: which names a scope has does not depend on the
/// order of the text (spec/workflows.md 1.5).
/// </summary>
internal sealed class ScopeTree
{
    private readonly Findings _findings;
    private readonly string _routine;

    // By reference: syntax nodes are records, and two equal ones open two scopes.
    private readonly Dictionary<object, Scope> _scopes = new(ReferenceEqualityComparer.Instance);
    private readonly List<Scope> _order = [];

    private ScopeTree(Findings findings, string routine) => (_findings, _routine) = (findings, routine);

    /// <summary>Names that `except` blocks assign: outside of them a flow must be lenient to read them (T21).</summary>
    public SortedSet<string> Handled { get; } = new(StringComparer.Ordinal);

    /// <summary>The scopes of a routine, with places for all variables.</summary>
    public static ScopeTree Of(Routine routine, FrameLayout layout, Findings findings)
    {
        var tree = new ScopeTree(findings, routine.Name);
        var scope = tree.Add(routine, new Scope(ScopeKind.Routine, null, layout, routine.Name));
        foreach (var parameter in routine.Parameters)
            scope.Assign(parameter.Name);
        tree.Steps(routine.Steps, scope);
        foreach (var parameter in routine.Parameters)
            scope.Parameter(parameter.Name);
        foreach (var each in tree._order)
            each.Allocate();
        return tree;
    }

    /// <summary>The scope that a routine, loop, handler or branch opens.</summary>
    public Scope this[object opener] => _scopes[opener];

    private Scope Add(object opener, Scope scope)
    {
        _scopes[opener] = scope;
        _order.Add(scope);
        return scope;
    }

    private void Steps(IReadOnlyList<Step> steps, Scope scope)
    {
        foreach (var step in steps)
            Block(step.Block, step.Name, scope);
    }

    private void Block(Block block, string step, Scope scope)
    {
        foreach (var body in block.Bodies)
            Body(body, step, scope);
    }

    private void Body(Body body, string step, Scope scope)
    {
        switch (body)
        {
            case Body.Assign assign:
                foreach (var entry in assign.Entries)
                    scope.Assign(RootOf(entry.Target.Text));
                break;
            case Body.Call { Result: { } result }:
                scope.Assign(result.Name);
                break;
            case Body.Switch choice:
                foreach (var one in choice.Cases)
                    Block(one.Block, step, scope);
                break;
            case Body.For loop:
                Loop(loop.Loop, new Scope(ScopeKind.Loop, scope, scope.Layout, step));
                break;
            case Body.Branches branches:
                foreach (var branch in branches.Items)
                    Steps(branch.Steps, Add(branch, Branch(scope, branches.Terms, $"{step}/{branch.Name}")));
                break;
            case Body.ParallelFor parallel:
                Loop(parallel.Loop, Branch(scope, parallel.Terms, step));
                break;
            case Body.Try tried:
                Block(tried.Tried, step, scope);
                if (tried.Except is { } except)
                    Except(except, step, scope);
                break;
            case Body.Group group:
                Steps(group.Steps, scope);
                break;
        }
    }

    private static Scope Branch(Scope outer, ParallelTerms terms, string step) =>
        new(ScopeKind.Branch, outer, new FrameLayout($"{outer.Layout.Id}/{step}"), step)
        {
            Shared = [.. terms.Shared.Select(variable => variable.Name)],
        };

    private void Loop(Loop loop, Scope scope)
    {
        Add(loop, scope);
        Own(loop.Value, scope);
        if (loop.Index is { } index)
            Own(index, scope);
        Steps(loop.Steps, scope);
    }

    private void Own(Variable variable, Scope scope)
    {
        for (var outer = scope; outer is not null; outer = outer.Outer)
            if (outer.IsOwn(variable.Name))
                _findings.Error(
                    variable.Span,
                    $"in workflow '{_routine}', step '{scope.Step}': the loop variable '{variable.Name}' is one of "
                    + $"step '{outer.Step}' already", "give it another name");
        scope.Own(variable.Name);
    }

    private void Except(Except except, string step, Scope outer)
    {
        var scope = Add(except, new Scope(ScopeKind.Except, outer, outer.Layout, step));
        if (except.As is { } variable)
            scope.Assign(variable.Name);
        Steps(except.Steps, scope);
        Handled.UnionWith(scope.Assigned);
        // T21: under leniency its variables are those of the scope around it.
        if (!_findings.IsLenient)
            return;
        foreach (var name in scope.Assigned)
            outer.Leak(name);
    }

    /// <summary>The variable that a target begins with.</summary>
    private static string RootOf(string target)
    {
        var end = target.AsSpan().IndexOfAny('.', '[');
        return (end < 0 ? target : target[..end]).Trim();
    }
}
