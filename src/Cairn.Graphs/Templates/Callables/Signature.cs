using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Callables;

/// <summary>
/// The parameters of a function that the original wrote in Python. Binds arguments to them and complains with
/// Python's texts, which count the arguments that Jinja itself passes first (the environment, the context).
/// </summary>
/// <param name="Function">The Python function's name, as errors give it.</param>
/// <param name="Hidden">How many arguments the engine passes before the template's own.</param>
/// <param name="Required">How many of the parameters have no default.</param>
/// <param name="Parameters">Parameter names.</param>
internal sealed record Signature(string Function, int Hidden, int Required, params string[] Parameters)
{
    /// <summary>Whether further positional and named arguments are taken as they come.</summary>
    public bool TakesRest { get; init; }

    /// <summary>One slot per parameter, null where the default holds.</summary>
    public PyValue?[] Bind(Arguments arguments)
    {
        var bound = new PyValue?[Parameters.Length];
        var given = arguments.Positional.Length;
        Array.Copy(arguments.Positional, bound, Math.Min(given, bound.Length));
        return Complete(bound, given, arguments);
    }

    /// <summary>The same with a value before the arguments: what stands before a filter's bar.</summary>
    public PyValue?[] Bind(PyValue first, Arguments arguments)
    {
        var bound = new PyValue?[Parameters.Length];
        bound[0] = first;
        var given = arguments.Positional.Length;
        Array.Copy(arguments.Positional, 0, bound, 1, Math.Min(given, bound.Length - 1));
        return Complete(bound, given + 1, arguments);
    }

    private PyValue?[] Complete(PyValue?[] bound, int given, Arguments arguments)
    {
        foreach (var (name, value) in arguments.Named)
        {
            var index = Array.IndexOf(Parameters, name);
            if (index < 0)
                throw PyException.Type($"{Function}() got an unexpected keyword argument '{name}'");
            if (bound[index] is not null)
                throw PyException.Type($"{Function}() got multiple values for argument '{name}'");
            bound[index] = value;
        }

        if (given > bound.Length)
            throw TooMany(given);
        for (var i = 0; i < Required; i++)
        {
            if (bound[i] is null)
                throw Missing([.. Parameters.Take(Required).Where((_, at) => bound[at] is null)]);
        }

        return bound;
    }

    private PyException TooMany(int given)
    {
        var most = Parameters.Length + Hidden;
        var least = Required + Hidden;
        var takes = least == most ? $"{most}" : $"from {least} to {most}";
        var total = given + Hidden;
        return PyException.Type(
            $"{Function}() takes {takes} positional argument{(most == 1 ? "" : "s")} but {total} "
            + (total == 1 ? "was given" : "were given"));
    }

    private PyException Missing(string[] names)
    {
        var quoted = names.Select(static name => $"'{name}'").ToArray();
        var list = quoted.Length switch
        {
            1 => quoted[0],
            2 => $"{quoted[0]} and {quoted[1]}",
            _ => $"{string.Join(", ", quoted[..^1])}, and {quoted[^1]}",
        };
        var plural = quoted.Length == 1 ? "" : "s";
        return PyException.Type(
            $"{Function}() missing {quoted.Length} required positional argument{plural}: {list}");
    }
}
