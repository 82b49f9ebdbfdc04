using System.Text;
using Cairn.Graphs.Templates.Binding;
using Cairn.Graphs.Templates.Callables;
using Cairn.Graphs.Templates.Syntax;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Rendering;

/// <summary>A parameter of a macro; without a default it is undefined where no argument came.</summary>
internal sealed record MacroParameter(string Name, VariableRef Reference, Expr? Default);

/// <summary>What a macro or a call block runs; the special names are bound only where the body reads them.</summary>
internal sealed record MacroCode(
    string? Name, MacroParameter[] Parameters, VariableRef? Caller, VariableRef? Named, VariableRef? Rest,
    FunctionScope Function, ScopeEntry Entry, Step[] Body)
{
    public string Shown => Name is null ? "None" : StrRepr.Of(Name);
}

/// <summary><c>{% macro %}</c>.</summary>
internal sealed class MacroStep(MacroCode code, VariableRef target, bool isExported) : Step
{
    public override void Execute(Run run, Scope scope, TextSink sink)
    {
        var macro = new PyMacro(code, scope);
        if (isExported)
            scope.Context.Set(code.Name!, macro);
        target.Store(scope, macro);
    }
}

/// <summary><c>{% call %}</c>: a call with the block as its caller.</summary>
internal sealed class CallBlockStep(MacroCode code, CallExpr call) : Step
{
    public override void Execute(Run run, Scope scope, TextSink sink) =>
        sink.Write(call.Invoke(run, scope, new PyMacro(code, scope)), run.Fuel);
}

/// <summary>A macro, closed over the activation that defined it.</summary>
internal sealed class PyMacro(MacroCode code, Scope closure) : PyValue
{
    public override string TypeName => "Macro";

    public override string QualifiedName => "jinja2.runtime.Macro";

    public override bool IsCallable => true;

    public override PyValue? Attribute(string name) => name switch
    {
        "name" => code.Name is null ? None : code.Name,
        "arguments" => new PyTuple([.. code.Parameters.Select(static parameter => (PyValue)parameter.Name)]),
        "catch_kwargs" => code.Named is not null,
        "catch_varargs" => code.Rest is not null,
        "caller" => code.Caller is not null,
        "explicit_caller" => code.Parameters.Any(static parameter => parameter.Name == "caller"),
        _ => null,
    };

    public override PyValue Call(Run run, Arguments arguments)
    {
        var scope = new Scope(code.Function.Size, closure, closure.Context);
        List<KeyValuePair<string, PyValue>> named = arguments.Named.Length == 0 ? [] : [.. arguments.Named];
        for (var i = 0; i < code.Parameters.Length; i++)
        {
            var value = i < arguments.Positional.Length
                ? arguments.Positional[i]
                : Take(named, code.Parameters[i].Name);
            code.Parameters[i].Reference.Store(scope, value);
        }

        if (code.Caller is { } caller)
        {
            var block = Take(named, "caller");
            caller.Store(scope, block is null or PyNone ? new PyUndefined("No caller defined", null, "caller") : block);
        }

        if (code.Named is { } namedRest)
            namedRest.Store(scope, Dict(named));
        else if (named.Count > 0)
            throw Unexpected(named);
        var given = arguments.Positional;
        if (code.Rest is { } varargs)
            varargs.Store(scope, new PyTuple(given[Math.Min(given.Length, code.Parameters.Length)..]));
        else if (given.Length > code.Parameters.Length)
            throw PyException.Type($"macro {code.Shown} takes not more than {code.Parameters.Length} argument(s)");
        return Invoke(run, scope);
    }

    public override void WriteRepr(StringBuilder text, Fuel fuel) =>
        text.Append("<Macro ").Append(code.Name is null ? "anonymous" : code.Shown).Append('>');

    private static PyValue? Take(List<KeyValuePair<string, PyValue>> named, string name)
    {
        var index = named.FindIndex(pair => string.Equals(pair.Key, name, StringComparison.Ordinal));
        if (index < 0)
            return null;
        var value = named[index].Value;
        named.RemoveAt(index);
        return value;
    }

    private static PyDict Dict(List<KeyValuePair<string, PyValue>> named)
    {
        var dict = new PyDict();
        foreach (var (name, value) in named)
            dict[name] = value;
        return dict;
    }

    private PyException Unexpected(List<KeyValuePair<string, PyValue>> named) =>
        PyException.Type(named.Exists(static pair => pair.Key == "caller")
            ? $"macro {code.Shown} was invoked with two values for the special caller argument. "
                + "This is most likely a bug."
            : $"macro {code.Shown} takes no keyword argument {StrRepr.Of(named[0].Key)}");

    private PyStr Invoke(Run run, Scope scope)
    {
        run.Fuel.Enter();
        code.Entry.Enter(scope);
        foreach (var (name, reference, fallback) in code.Parameters)
        {
            if (reference.Load(scope) is null)
            {
                reference.Store(scope, fallback is null
                    ? new PyUndefined($"parameter {StrRepr.Of(name)} was not provided", null, name)
                    : fallback.Evaluate(run, scope));
            }
        }

        var text = Step.Capture(code.Body, run, scope);
        run.Fuel.Leave();
        return run.Autoescape ? new PyMarkup(text) : new PyStr(text);
    }
}
