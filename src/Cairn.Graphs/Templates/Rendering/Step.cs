using Cairn.Graphs.Templates.Binding;
using Cairn.Graphs.Templates.Lexing;
using Cairn.Graphs.Templates.Syntax;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Rendering;

/// <summary>A statement ready to run: names are bound, nothing is looked up but variables.</summary>
internal abstract class Step
{
    public abstract void Execute(Run run, Scope scope, TextSink sink);

    public static void All(Step[] steps, Run run, Scope scope, TextSink sink)
    {
        foreach (var step in steps)
            step.Execute(run, scope, sink);
    }

    public static string Capture(Step[] steps, Run run, Scope scope)
    {
        var sink = new TextSink();
        All(steps, run, scope, sink);
        return sink.ToString();
    }
}

/// <summary>Text and printed expressions.</summary>
internal sealed class OutputStep(OutputPart[] parts, EscapeMode escape) : Step
{
    public override void Execute(Run run, Scope scope, TextSink sink)
    {
        foreach (var part in parts)
        {
            run.Fuel.Spend();
            if (part.Text is not null)
            {
                sink.Write(part.Text, run.Fuel);
                continue;
            }

            var value = part.Expr!.Evaluate(run, scope);
            run.At = part.Place;
            if (escape == EscapeMode.Always || (escape == EscapeMode.Depends && run.Autoescape))
                value = PyMarkup.Escape(value, run.Fuel);
            sink.Write(value, run.Fuel);
        }
    }
}

/// <summary>if, elif, else.</summary>
internal sealed class IfStep((Expr Test, Step[] Body)[] branches, Step[] otherwise) : Step
{
    public override void Execute(Run run, Scope scope, TextSink sink)
    {
        foreach (var (test, body) in branches)
        {
            run.Fuel.Spend();
            var answer = test.Evaluate(run, scope);
            run.At = test.Place;
            if (!answer.Truth())
                continue;
            All(body, run, scope, sink);
            return;
        }

        All(otherwise, run, scope, sink);
    }
}

/// <summary>A with block, and the scope of an autoescape block.</summary>
internal sealed class WithStep(ScopeEntry entry, (Assignment Target, Expr Value)[] assignments, Step[] body) : Step
{
    public override void Execute(Run run, Scope scope, TextSink sink)
    {
        entry.Enter(scope);
        foreach (var (target, value) in assignments)
            target.Store(run, scope, value.Evaluate(run, scope));
        All(body, run, scope, sink);
        entry.Leave(scope);
    }
}

/// <summary><c>{% set a = b %}</c>.</summary>
internal sealed class AssignStep(Assignment target, Expr value, ExportedName[] exports) : Step
{
    public override void Execute(Run run, Scope scope, TextSink sink)
    {
        run.Fuel.Spend();
        target.Store(run, scope, value.Evaluate(run, scope));
        ExportedName.Publish(exports, scope);
    }
}

/// <summary><c>{% set a %}...{% endset %}</c>.</summary>
internal sealed class AssignBlockStep(
    Assignment target, Expr? filter, ScopeEntry entry, Step[] body, EscapeMode escape, ExportedName[] exports) : Step
{
    public override void Execute(Run run, Scope scope, TextSink sink)
    {
        entry.Enter(scope);
        var value = FilterBlockStep.Filtered(filter, Capture(body, run, scope), escape, run, scope);
        if (run.Autoescape && value is not PyMarkup)
            value = new PyMarkup(value.Str(run.Fuel));
        target.Store(run, scope, value);
        ExportedName.Publish(exports, scope);
        entry.Leave(scope);
    }
}

/// <summary><c>{% filter name %}...{% endfilter %}</c>.</summary>
internal sealed class FilterBlockStep(Expr filter, ScopeEntry entry, Step[] body, EscapeMode escape) : Step
{
    public static PyValue Filtered(Expr? filter, string text, EscapeMode escape, Run run, Scope scope)
    {
        var isSafe = escape == EscapeMode.Always || (escape == EscapeMode.Depends && run.Autoescape);
        PyStr captured = isSafe ? new PyMarkup(text) : new PyStr(text);
        if (filter is null)
            return captured;
        var outer = run.Captured;
        run.Captured = captured;
        var value = filter.Evaluate(run, scope);
        run.Captured = outer;
        return value;
    }

    public override void Execute(Run run, Scope scope, TextSink sink)
    {
        entry.Enter(scope);
        var value = Filtered(filter, Capture(body, run, scope), escape, run, scope);

        // What a filter block's filter gives is joined as text: only text will do, as in the original.
        sink.Write(value, run.Fuel);
        entry.Leave(scope);
    }
}

/// <summary><c>{% autoescape %}</c>: what is printed inside is escaped; the binder settled the constant case.</summary>
internal sealed class AutoescapeStep(Expr value, Step[] body) : Step
{
    public override void Execute(Run run, Scope scope, TextSink sink)
    {
        var outer = run.Autoescape;
        run.Autoescape = value.Evaluate(run, scope).Truth();
        All(body, run, scope, sink);
        run.Autoescape = outer;
    }
}

/// <summary>include, import, from, extends: there is no loader, so they fail as the original does.</summary>
internal sealed class LoadStep(LoadKind kind, Expr template, bool ignoresMissing, Place place) : Step
{
    public override void Execute(Run run, Scope scope, TextSink sink)
    {
        var names = template.Evaluate(run, scope);
        run.At = place;
        if (kind == LoadKind.Include && names is not (PyStr or PyUndefined))
        {
            if (!names.Truth())
            {
                if (ignoresMissing)
                    return;
                throw new PyException(
                    PyErrorKind.TemplatesNotFound, "Tried to select from an empty list of templates.");
            }

            using var items = names.Iterate();
            if (!items.MoveNext())
                return;
        }

        throw PyException.Type("no loader for this environment specified");
    }
}
