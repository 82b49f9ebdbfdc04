using Cairn.Graphs.Templates.Syntax;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Rendering;

/// <summary>The <c>if</c> of a for: runs in an activation of its own, item by item.</summary>
internal sealed record LoopFilter(Assignment Target, Expr Test, ScopeEntry Entry, Binding.FunctionScope Function);

/// <summary>What a for binds and runs.</summary>
internal sealed record LoopCode(
    Assignment Target, Binding.VariableRef? LoopVariable, LoopFilter? Filter, ScopeEntry Entry, Step[] Body,
    ScopeEntry OtherwiseEntry, Step[] Otherwise);

/// <summary>for, with its else; a recursive one is also a function, <c>loop(items)</c>.</summary>
internal sealed class ForStep(Expr source, LoopCode code, Binding.FunctionScope? function) : Step
{
    public override void Execute(Run run, Scope scope, TextSink sink)
    {
        var items = source.Evaluate(run, scope);
        run.At = source.Place;
        if (function is null)
            Repeat(run, scope, sink, items, null, 0);
        else
            sink.Write(Recurse(run, scope, items, 0), run.Fuel);
    }

    private PyStr Recurse(Run run, Scope scope, PyValue items, long depth)
    {
        run.Fuel.Enter();
        var sink = new TextSink();
        Repeat(run, new Scope(function!.Size, scope, scope.Context), sink, items, Again, depth);
        run.Fuel.Leave();
        return run.Autoescape ? new PyMarkup(sink.ToString()) : new PyStr(sink.ToString());

        PyValue Again(PyValue inner, long innerDepth) => Recurse(run, scope, inner, innerDepth);
    }

    private void Repeat(
        Run run, Scope scope, TextSink sink, PyValue items, Func<PyValue, long, PyValue>? again, long depth)
    {
        var chosen = code.Filter is null ? items
            : PyIterator.Generator("t_1", Filtered(code.Filter, run, scope, items));
        var isEmpty = true;
        if (code.LoopVariable is { } variable)
        {
            var loop = new PyLoop(chosen, again, depth, run.Fuel);
            variable.Store(scope, loop);
            while (loop.MoveNext() is { } item)
            {
                isEmpty = false;
                variable.Store(scope, loop);
                Once(run, scope, sink, item);
            }

            code.Entry.Leave(scope);
        }
        else
        {
            using var enumerator = chosen.Iterate();
            while (enumerator.MoveNext())
            {
                isEmpty = false;
                Once(run, scope, sink, enumerator.Current);
            }

            code.Entry.Leave(scope);
        }

        if (!isEmpty || code.Otherwise.Length == 0)
            return;
        code.OtherwiseEntry.Enter(scope);
        All(code.Otherwise, run, scope, sink);
        code.OtherwiseEntry.Leave(scope);
    }

    private void Once(Run run, Scope scope, TextSink sink, PyValue item)
    {
        run.Fuel.Spend();
        run.At = source.Place;
        code.Target.Store(run, scope, item);
        code.Entry.Enter(scope);
        All(code.Body, run, scope, sink);
    }

    private static IEnumerable<PyValue> Filtered(LoopFilter filter, Run run, Scope outer, PyValue items)
    {
        var scope = new Scope(filter.Function.Size, outer, outer.Context);
        filter.Entry.Enter(scope);
        using var enumerator = items.Iterate();
        while (enumerator.MoveNext())
        {
            run.Fuel.Spend();
            filter.Target.Store(run, scope, enumerator.Current);
            if (filter.Test.Evaluate(run, scope).Truth())
                yield return enumerator.Current;
        }
    }
}
