using System.Text;
using Cairn.Graphs.Templates.Callables;

namespace Cairn.Graphs.Templates.Values;

/// <summary>A Python dict: insertion order, keys equal as Python has them (1, 1.0 and True are one key).</summary>
internal sealed class PyDict : PyValue
{
    private bool writing;

    public OrderedDictionary<PyValue, PyValue> Entries { get; } = new(KeyComparer.Instance);

    public override string TypeName => "dict";

    public override bool IsIterable => true;

    public override bool HasLength => true;

    public override bool HasItems => true;

    /// <summary>Adds or replaces; a replaced key keeps its place and its first form.</summary>
    [System.Runtime.CompilerServices.IndexerName("Entry")]
    public PyValue this[PyValue key]
    {
        set
        {
            var index = Entries.IndexOf(key);
            if (index >= 0)
            {
                Entries.SetAt(index, value);
                return;
            }

            Entries.Add(key, value);
        }
    }

    public PyValue? Get(PyValue key) => Entries.TryGetValue(key, out var value) ? value : null;

    public override bool Truth() => Entries.Count > 0;

    public override long Length(Fuel fuel) => Entries.Count;

    public override PyValue? Item(PyValue key, Fuel fuel) => IsHashable(key) ? Get(key) : null;

    public override PyValue Slice(PySlice slice, Fuel fuel) => throw PyException.Type("unhashable type: 'slice'");

    public override PyValue? Attribute(string name) => DictMethods.Find(this, name);

    public override bool Contains(PyValue item, Fuel fuel)
    {
        // An empty table would not ask, and Python refuses what has no hash even then.
        _ = item.Hash();
        return Entries.ContainsKey(item);
    }

    public override IEnumerator<PyValue> Iterate() => Walk(static entry => entry.Key);

    public IEnumerator<PyValue> Walk(Func<KeyValuePair<PyValue, PyValue>, PyValue> pick)
    {
        var count = Entries.Count;
        for (var i = 0; i < count; i++)
        {
            if (Entries.Count != count)
            {
                throw new PyException(PyErrorKind.RuntimeError, "dictionary changed size during iteration");
            }

            yield return pick(Entries.GetAt(i));
        }
    }

    public override int Hash() => throw PyException.Type("unhashable type: 'dict'");

    public override bool EqualTo(PyValue other, Fuel fuel)
    {
        if (ReferenceEquals(this, other))
            return true;
        if (other is not PyDict dict || dict.Entries.Count != Entries.Count)
            return false;
        fuel.Enter();
        foreach (var (key, value) in Entries)
        {
            fuel.Spend();
            if (dict.Get(key) is not { } match || !Comparison.Same(value, match, fuel))
            {
                fuel.Leave();
                return false;
            }
        }

        fuel.Leave();
        return true;
    }

    public override void WriteRepr(StringBuilder text, Fuel fuel)
    {
        if (writing)
        {
            text.Append("{...}");
            return;
        }

        writing = true;
        fuel.Enter();
        try
        {
            text.Append('{');
            var first = true;
            foreach (var (key, value) in Entries)
            {
                fuel.Spend();
                fuel.Limit(text.Length);
                if (!first)
                    text.Append(", ");
                first = false;
                key.WriteRepr(text, fuel);
                text.Append(": ");
                value.WriteRepr(text, fuel);
            }

            text.Append('}');
        }
        finally
        {
            fuel.Leave();
            writing = false;
        }
    }

    /// <summary>Whether a lookup is a plain miss rather than a TypeError; Jinja treats both alike.</summary>
    private static bool IsHashable(PyValue key) => key switch
    {
        PyList or PyDict or PyDictView { IsSet: true } => false,
        PyTuple tuple => tuple.Items.All(IsHashable),
        _ => true,
    };

    private sealed class KeyComparer : IEqualityComparer<PyValue>
    {
        public static readonly KeyComparer Instance = new();
        private const int StepsPerComparison = 1_000_000;

        public bool Equals(PyValue? x, PyValue? y)
        {
            if (ReferenceEquals(x, y))
                return true;
            if (x is PyStr left && y is PyStr right)
                return string.Equals(left.Value, right.Value, StringComparison.Ordinal);

            // Keys are compared where no run is at hand; equal but separate towers of tuples must still end.
            return Comparison.Same(x!, y!, new Fuel(StepsPerComparison, StepsPerComparison));
        }

        public int GetHashCode(PyValue obj) => obj.Hash();
    }
}

/// <summary>dict.keys(), .values(), .items(): live views.</summary>
internal sealed class PyDictView(PyDict dict, string kind, Func<KeyValuePair<PyValue, PyValue>, PyValue> pick) : PyValue
{
    public override string TypeName => "dict_" + kind;

    public override bool IsIterable => true;

    public override bool HasLength => true;

    /// <summary>Keys and items are sets to Python, and sets that change have no hash.</summary>
    public bool IsSet => kind != "values";

    public override int Hash() => IsSet ? throw PyException.Type($"unhashable type: '{TypeName}'") : base.Hash();

    public override bool Truth() => dict.Entries.Count > 0;

    public override long Length(Fuel fuel) => dict.Entries.Count;

    public override IEnumerator<PyValue> Iterate() => dict.Walk(pick);

    /// <summary>keys and items compare and combine as sets in Python; only equality is offered here.</summary>
    public override bool EqualTo(PyValue other, Fuel fuel)
    {
        if (kind == "values" || other is not PyDictView view || view.Length(fuel) != Length(fuel))
            return ReferenceEquals(this, other);
        using var items = Iterate();
        while (items.MoveNext())
        {
            if (!view.Contains(items.Current, fuel))
                return false;
        }

        return true;
    }

    public override void WriteRepr(StringBuilder text, Fuel fuel)
    {
        text.Append("dict_").Append(kind).Append('(');
        new PyList(Collected(fuel)).WriteRepr(text, fuel);
        text.Append(')');
    }

    private List<PyValue> Collected(Fuel fuel)
    {
        fuel.Spend(dict.Entries.Count);
        return dict.Entries.Select(pick).ToList();
    }
}
