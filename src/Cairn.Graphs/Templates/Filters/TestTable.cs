using Cairn.Graphs.Templates.Callables;
using Cairn.Graphs.Templates.Syntax;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Filters;

/// <summary>Jinja's built-in tests, what stands after <c>is</c>.</summary>
internal static class TestTable
{
    private static readonly Dictionary<string, Filter> Tests = Make();

    public static Filter? Find(string name) => Tests.GetValueOrDefault(name);

    private static Dictionary<string, Filter> Make()
    {
        var table = new Dictionary<string, Filter>(StringComparer.Ordinal);
        void One(string name, Func<Run, PyValue, bool> test) => table[name] = FilterTable.Python(
            new Signature("test_" + name, 0, 1, "value"), (run, a) => test(run, a[0]!));
        void Kind(string name, Func<PyValue, bool> test) => One(name, (_, value) => test(value));
        void Operator(string op, string function, params string[] names)
        {
            Filter filter = (run, value, arguments) => arguments switch
            {
                { Named.Length: > 0 } => throw PyException.Type($"_operator.{function}() takes no keyword arguments"),
                { Positional: [var other] } => CompareExpr.Holds(op, value, other, run.Fuel),
                _ => throw PyException.Type(
                    $"{function} expected 2 arguments, got {arguments.Positional.Length + 1}"),
            };
            foreach (var name in names.Prepend(op))
                table[name] = filter;
        }

        One("odd", static (run, value) => Comparison.Equal(Arithmetic.Modulo(value, 2, run), 1, run.Fuel));
        One("even", static (run, value) => Comparison.Equal(Arithmetic.Modulo(value, 2, run), 0, run.Fuel));
        table["divisibleby"] = FilterTable.Python(new("test_divisibleby", 0, 2, "value", "num"), static (run, a) =>
            Comparison.Equal(Arithmetic.Modulo(a[0]!, a[1]!, run), 0, run.Fuel));
        Kind("defined", static value => value is not PyUndefined);
        Kind("undefined", static value => value is PyUndefined);
        table["filter"] = FilterTable.Python(new("test_filter", 1, 1, "value"), static (_, a) =>
            Named(a[0]!, FilterTable.Find));
        table["test"] = FilterTable.Python(new("test_test", 1, 1, "value"), static (_, a) => Named(a[0]!, Find));
        Kind("none", static value => value is PyNone);
        Kind("boolean", static value => value is PyBool);
        Kind("false", static value => ReferenceEquals(value, PyBool.False));
        Kind("true", static value => ReferenceEquals(value, PyBool.True));
        Kind("integer", static value => value is PyInteger and not PyBool);
        Kind("float", static value => value is PyFloat);
        Kind("number", static value => value is PyInteger or PyFloat);
        Kind("string", static value => value is PyStr);
        Kind("mapping", static value => value is PyDict);
        Kind("escaped", static value => value is PyMarkup);
        One("lower", static (run, value) => CaseText.IsLower(value.Str(run.Fuel)));
        One("upper", static (run, value) => CaseText.IsUpper(value.Str(run.Fuel)));
        Kind("sequence", static value =>
            value.HasLength && value.HasItems && value is not PyUndefined { IsStrict: true });
        One("iterable", static (_, value) =>
        {
            if (value is PyUndefined { IsStrict: true } undefined)
                throw undefined.Error();
            return value.IsIterable;
        });
        table["callable"] = static (_, value, arguments) =>
        {
            TextFilters.RequireOne("callable", arguments);
            return value.IsCallable;
        };
        table["sameas"] = FilterTable.Python(new("test_sameas", 0, 2, "value", "other"), static (_, a) =>
            IsSame(a[0]!, a[1]!));
        table["in"] = FilterTable.Python(new("test_in", 0, 2, "value", "seq"), static (run, a) =>
            a[1]!.Contains(a[0]!, run.Fuel));
        Operator("==", "eq", "eq", "equalto");
        Operator("!=", "ne", "ne");
        Operator(">", "gt", "gt", "greaterthan");
        Operator(">=", "ge", "ge");
        Operator("<", "lt", "lt", "lessthan");
        Operator("<=", "le", "le");
        return table;
    }

    private static PyBool Named(PyValue name, Func<string, Filter?> find)
    {
        _ = name.Hash();
        return PyBool.Of(name is PyStr text && find(text.Value) is not null);
    }

    /// <summary>
    /// Python's <c>is</c>: CPython shares small ints, and equal literals of one template; so do we for numbers and
    /// texts.
    /// </summary>
    private static PyBool IsSame(PyValue left, PyValue right) => PyBool.Of(
        ReferenceEquals(left, right)
        || (left is PyInt a && right is PyInt b && a.Value == b.Value)
        || (left is PyStr x && right is PyStr y && x.GetType() == y.GetType() && x.Value == y.Value));
}
