using Cairn.Graphs.Templates.Callables;
using Cairn.Graphs.Templates.Filters;
using Cairn.Graphs.Templates.Lexing;
using Cairn.Graphs.Templates.Rendering;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Syntax;

/// <summary><c>a.name</c>.</summary>
internal sealed class MemberExpr(Expr target, string name, Place place) : Expr(place)
{
    private readonly PyStr key = new(name);

    public override string Kind => "getattr";

    public string Name => name;

    public override IEnumerable<Expr> Parts => [target];

    public override PyValue Evaluate(Run run, Scope scope)
    {
        var value = target.Evaluate(run, scope);
        run.Fuel.Spend();
        run.At = Place;
        return Subscript.Member(value, key, run.Fuel);
    }
}

/// <summary><c>a[key]</c>.</summary>
internal sealed class ElementExpr(Expr target, Expr key, Place place) : Expr(place)
{
    public override string Kind => "getitem";

    public Expr Target => target;

    public Expr Key => key;

    /// <summary>What it is taken for while the binder computes a constant around it.</summary>
    public PyValue? Assumed { get; set; }

    public override IEnumerable<Expr> Parts => [target, key];

    public override PyValue Evaluate(Run run, Scope scope)
    {
        if (Assumed is { } assumed)
            return assumed;
        var value = target.Evaluate(run, scope);
        if (key is SliceExpr slice)
        {
            var bounds = slice.Bounds(run, scope);
            run.Fuel.Spend();
            run.At = Place;
            return value.Slice(bounds, run.Fuel);
        }

        var index = key.Evaluate(run, scope);
        run.Fuel.Spend();
        run.At = Place;
        return Subscript.Element(value, index, run.Fuel);
    }
}

/// <summary><c>start:stop:step</c> between brackets.</summary>
internal sealed class SliceExpr(Expr? start, Expr? stop, Expr? step, Place place) : Expr(place)
{
    public override string Kind => "slice";

    public override IEnumerable<Expr> Parts => new[] { start, stop, step }.OfType<Expr>();

    public PySlice Bounds(Run run, Scope scope) =>
        new(start?.Evaluate(run, scope), stop?.Evaluate(run, scope), step?.Evaluate(run, scope));

    public override PyValue Evaluate(Run run, Scope scope) =>
        throw new PyException(PyErrorKind.SyntaxError, "invalid syntax");
}

/// <summary>The arguments of a call, a filter or a test.</summary>
internal sealed record CallArguments(
    List<Expr> Positional, List<(string Name, Expr Value)> Named, Expr? Rest, Expr? NamedRest)
{
    public static readonly CallArguments None = new([], [], null, null);

    public IEnumerable<Expr> Parts
    {
        get
        {
            var parts = Positional.Concat(Named.Select(static pair => pair.Value));
            if (Rest is not null)
                parts = parts.Append(Rest);
            return NamedRest is null ? parts : parts.Append(NamedRest);
        }
    }

    public Arguments Evaluate(Run run, Scope scope)
    {
        if (Named.Count == 0 && Rest is null && NamedRest is null)
        {
            if (Positional.Count == 0)
                return Arguments.None;
            var plain = new PyValue[Positional.Count];
            for (var i = 0; i < plain.Length; i++)
                plain[i] = Positional[i].Evaluate(run, scope);
            return new Arguments(plain, []);
        }

        return EvaluateAll(run, scope);
    }

    private Arguments EvaluateAll(Run run, Scope scope)
    {
        var values = Positional.ConvertAll(part => part.Evaluate(run, scope));
        if (Rest is not null)
        {
            var rest = Rest.Evaluate(run, scope);
            if (!rest.IsIterable)
            {
                throw PyException.Type(
                    $"Value after * must be an iterable, not {rest.TypeName}");
            }

            values.AddRange(Expect.Items(rest, run.Fuel));
        }

        var named = new List<KeyValuePair<string, PyValue>>();
        foreach (var (name, value) in Named)
            Add(named, name, value.Evaluate(run, scope));
        if (NamedRest is not null)
        {
            if (NamedRest.Evaluate(run, scope) is not PyDict more)
                throw PyException.Type("argument after ** must be a mapping");
            foreach (var (key, value) in more.Entries)
                Add(named, (key as PyStr)?.Value ?? throw PyException.Type("keywords must be strings"), value);
        }

        return new Arguments([.. values], [.. named]);
    }

    private static void Add(List<KeyValuePair<string, PyValue>> named, string name, PyValue value)
    {
        if (named.Exists(pair => string.Equals(pair.Key, name, StringComparison.Ordinal)))
            throw PyException.Type($"got multiple values for keyword argument '{name}'");
        named.Add(new(name, value));
    }
}

/// <summary><c>a(...)</c>.</summary>
internal sealed class CallExpr(Expr target, CallArguments arguments, Place place) : Expr(place)
{
    public override string Kind => "call";

    public override IEnumerable<Expr> Parts => arguments.Parts.Prepend(target);

    public override PyValue Evaluate(Run run, Scope scope) => Invoke(run, scope, null);

    /// <summary>The call with a <c>caller</c>, where it heads a call block.</summary>
    public PyValue Invoke(Run run, Scope scope, PyValue? caller)
    {
        var function = target.Evaluate(run, scope);
        var values = arguments.Evaluate(run, scope);
        if (caller is not null)
            values = values with { Named = [.. values.Named, new("caller", caller)] };
        run.At = Place;
        run.Fuel.Enter();
        var result = function.Call(run, values);
        run.Fuel.Leave();
        run.At = Place;
        return result;
    }
}

/// <summary><c>a | name(...)</c>; without a value in filter blocks, where the captured text stands for it.</summary>
internal sealed class FilterExpr(Expr? value, string name, CallArguments arguments, Place place) : Expr(place)
{
    private readonly Filter? filter = FilterTable.Find(name);

    public override string Kind => "filter";

    /// <summary>False at the head of a filter block.</summary>
    public bool HasValue => value is not null;

    public string Name => name;

    public override IEnumerable<Expr> Parts => value is null ? arguments.Parts : arguments.Parts.Prepend(value);

    /// <summary>The value that the binder computed, where computing it again would fail.</summary>
    public PyValue? Known { get; set; }

    /// <summary>The innermost filter of a chain takes the captured text here.</summary>
    public override PyValue Evaluate(Run run, Scope scope)
    {
        if (Known is { } known)
            return known;
        var input = value is null ? run.Captured! : value.Evaluate(run, scope);
        var values = arguments.Evaluate(run, scope);
        run.At = Place;
        run.Fuel.Spend();
        var result = filter is not null
            ? filter(run, input, values)
            : throw new PyException(PyErrorKind.TemplateRuntimeError, $"No filter named '{name}' found.");
        run.At = Place;
        return result;
    }
}

/// <summary><c>a is name(...)</c>.</summary>
internal sealed class TestExpr(Expr value, string name, CallArguments arguments, Place place) : Expr(place)
{
    private readonly Filter? test = TestTable.Find(name);

    public override string Kind => "test";

    public string Name => name;

    /// <summary>The value that the binder computed, where computing it again would fail.</summary>
    public PyValue? Known { get; set; }

    public override IEnumerable<Expr> Parts => arguments.Parts.Prepend(value);

    public override PyValue Evaluate(Run run, Scope scope)
    {
        if (Known is { } known)
            return known;
        var input = value.Evaluate(run, scope);
        var values = arguments.Evaluate(run, scope);
        run.At = Place;
        run.Fuel.Spend();
        return test is not null
            ? test(run, input, values)
            : throw new PyException(PyErrorKind.TemplateRuntimeError, $"No test named '{name}' found.");
    }
}
