using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Callables;

/// <summary>The arguments of one call: by place, then by name in the order given.</summary>
internal readonly record struct Arguments(PyValue[] Positional, KeyValuePair<string, PyValue>[] Named)
{
    public static readonly Arguments None = new([], []);

    public static Arguments Of(params PyValue[] positional) => new(positional, []);

    public PyValue? Find(string name)
    {
        foreach (var (key, value) in Named)
        {
            if (string.Equals(key, name, StringComparison.Ordinal))
                return value;
        }

        return null;
    }
}
