using Cairn.Graphs.Templates.Lexing;
using Cairn.Graphs.Templates.Rendering;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Syntax;

/// <summary>An expression: parsed once, bound to variables once, evaluated many times.</summary>
internal abstract class Expr(Place place)
{
    public Place Place { get; } = place;

    /// <summary>Jinja's name of the node, for "can't assign to".</summary>
    public abstract string Kind { get; }

    /// <summary>Whether an assignment may stand on it.</summary>
    public virtual bool IsAssignable => false;

    /// <summary>The parts, in the order in which Jinja looks through them for names.</summary>
    public virtual IEnumerable<Expr> Parts => [];

    public abstract PyValue Evaluate(Run run, Scope scope);
}

/// <summary>A literal.</summary>
internal sealed class ConstExpr(PyValue value, Place place) : Expr(place)
{
    public override string Kind => "const";

    public PyValue Value => value;

    public override PyValue Evaluate(Run run, Scope scope) => value;
}

/// <summary>A name; the binder says where its value lives.</summary>
internal sealed class NameExpr(string name, Place place) : Expr(place)
{
    public override string Kind => "name";

    public override bool IsAssignable => name is not ("true" or "false" or "none" or "True" or "False" or "None");

    public string Name => name;

    public bool IsStored { get; set; }

    public bool IsParameter { get; set; }

    public Binding.VariableRef Reference { get; set; }

    public override PyValue Evaluate(Run run, Scope scope) =>
        Reference.Load(scope) ?? PyUndefined.Variable(name);
}

/// <summary><c>(a, b)</c> or <c>a, b</c>.</summary>
internal sealed class TupleExpr(List<Expr> items, Place place) : Expr(place)
{
    public override string Kind => "tuple";

    public override bool IsAssignable => items.TrueForAll(static item => item.IsAssignable);

    public List<Expr> Items => items;

    public override IEnumerable<Expr> Parts => items;

    public override PyValue Evaluate(Run run, Scope scope)
    {
        var values = new PyValue[items.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = items[i].Evaluate(run, scope);
        run.Fuel.Spend(values.Length);
        return new PyTuple(values);
    }
}

/// <summary><c>[a, b]</c>.</summary>
internal sealed class ListExpr(List<Expr> items, Place place) : Expr(place)
{
    public override string Kind => "list";

    public override IEnumerable<Expr> Parts => items;

    public override PyValue Evaluate(Run run, Scope scope)
    {
        var values = new List<PyValue>(items.Count);
        foreach (var item in items)
            values.Add(item.Evaluate(run, scope));
        run.Fuel.Spend(values.Count);
        return new PyList(values);
    }
}

/// <summary><c>{a: b}</c>.</summary>
internal sealed class DictExpr(List<(Expr Key, Expr Value)> items, Place place) : Expr(place)
{
    public override string Kind => "dict";

    public override IEnumerable<Expr> Parts => items.SelectMany(static item => new[] { item.Key, item.Value });

    public override PyValue Evaluate(Run run, Scope scope)
    {
        var dict = new PyDict();
        var pairs = new List<(PyValue Key, PyValue Value)>(items.Count);
        foreach (var (key, value) in items)
            pairs.Add((key.Evaluate(run, scope), value.Evaluate(run, scope)));
        run.At = Place;
        foreach (var (key, value) in pairs)
        {
            run.Fuel.Spend();
            dict[key] = value;
        }

        return dict;
    }
}

/// <summary><c>a if test else b</c>.</summary>
internal sealed class ConditionExpr(Expr test, Expr then, Expr? otherwise, Place place) : Expr(place)
{
    public override string Kind => "condexpr";

    public Expr Test => test;

    public Expr Then => then;

    public Expr? Otherwise => otherwise;

    public override IEnumerable<Expr> Parts => otherwise is null ? [test, then] : [test, then, otherwise];

    public override PyValue Evaluate(Run run, Scope scope)
    {
        run.Fuel.Spend();
        var answer = test.Evaluate(run, scope);
        run.At = Place;
        if (answer.Truth())
            return then.Evaluate(run, scope);
        return otherwise is null
            ? new PyUndefined(
                $"the inline if-expression on line {Place.Line} evaluated to false and no else section was defined.",
                null, PyValue.None, isStrict: false)
            : otherwise.Evaluate(run, scope);
    }
}

/// <summary><c>a ~ b ~ c</c>.</summary>
internal sealed class ConcatExpr(List<Expr> items, Place place) : Expr(place)
{
    public override string Kind => "concat";

    public override IEnumerable<Expr> Parts => items;

    /// <summary>What autoescape blocks around it make of it; the binder sets it.</summary>
    public Binding.EscapeMode Escape { get; set; }

    public override PyValue Evaluate(Run run, Scope scope)
    {
        var values = new PyValue[items.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = items[i].Evaluate(run, scope);
        run.At = Place;
        var text = new System.Text.StringBuilder();
        var escapes = (Escape == Binding.EscapeMode.Always || (Escape == Binding.EscapeMode.Depends))
            && Array.Exists(values, static value => value is PyMarkup);
        foreach (var value in values)
        {
            run.Fuel.Spend();
            if (escapes)
                PyMarkup.Escape(value, run.Fuel).WriteStr(text, run.Fuel);
            else
                value.WriteStr(text, run.Fuel);
        }

        return escapes ? new PyMarkup(text.ToString()) : new PyStr(text.ToString());
    }
}
