using System.Text;
using Cairn.Graphs.Templates.Callables;

namespace Cairn.Graphs.Templates.Values;

/// <summary>What list and tuple share.</summary>
internal abstract class PySequence : PyValue
{
    public abstract IReadOnlyList<PyValue> Items { get; }

    public override bool IsIterable => true;

    public override bool HasLength => true;

    public override bool HasItems => true;

    public override bool Truth() => Items.Count > 0;

    public override long Length(Fuel fuel) => Items.Count;

    /// <summary>By position, so that a list may grow while a loop runs over it, as in Python.</summary>
    public override IEnumerator<PyValue> Iterate()
    {
        for (var i = 0; i < Items.Count; i++)
            yield return Items[i];
    }

    public override PyValue? Item(PyValue key, Fuel fuel)
    {
        if (key is not PyInteger integer || !integer.TrySmall(out var index))
            return null;
        if (index < 0)
            index += Items.Count;
        return index < 0 || index >= Items.Count ? null : Items[(int)index];
    }

    public override PyValue Slice(PySlice slice, Fuel fuel)
    {
        var (start, step, count) = slice.Resolve(Items.Count);
        fuel.Spend(count);
        var items = new PyValue[count];
        for (var i = 0; i < count; i++)
            items[i] = Items[(int)(start + (i * step))];
        return Like(items);
    }

    public override bool Contains(PyValue item, Fuel fuel)
    {
        for (var i = 0; i < Items.Count; i++)
        {
            fuel.Spend();
            if (Comparison.Same(Items[i], item, fuel))
                return true;
        }

        return false;
    }

    protected abstract PyValue Like(PyValue[] items);

    protected void WriteItems(StringBuilder text, Fuel fuel)
    {
        for (var i = 0; i < Items.Count; i++)
        {
            if (i > 0)
                text.Append(", ");
            fuel.Spend();
            fuel.Limit(text.Length);
            Items[i].WriteRepr(text, fuel);
        }
    }

    protected bool SameItems(PySequence other, Fuel fuel)
    {
        if (Items.Count != other.Items.Count)
            return false;
        fuel.Enter();
        for (var i = 0; i < Items.Count; i++)
        {
            fuel.Spend();
            if (!Comparison.Same(Items[i], other.Items[i], fuel))
            {
                fuel.Leave();
                return false;
            }
        }

        fuel.Leave();
        return true;
    }
}

/// <summary>A Python list; templates may change it through its methods, which the sandbox allows.</summary>
internal sealed class PyList(List<PyValue> items) : PySequence
{
    private bool writing;

    public PyList(IEnumerable<PyValue> items)
        : this(items.ToList())
    {
    }

    public override IReadOnlyList<PyValue> Items => Contents;

    public List<PyValue> Contents { get; } = items;

    public override string TypeName => "list";

    public override PyValue? Attribute(string name) => ListMethods.Find(this, name);

    public override int Hash() => throw PyException.Type("unhashable type: 'list'");

    public override bool EqualTo(PyValue other, Fuel fuel) =>
        ReferenceEquals(this, other) || (other is PyList list && SameItems(list, fuel));

    public override void WriteRepr(StringBuilder text, Fuel fuel)
    {
        if (writing)
        {
            text.Append("[...]");
            return;
        }

        writing = true;
        fuel.Enter();
        try
        {
            text.Append('[');
            WriteItems(text, fuel);
            text.Append(']');
        }
        finally
        {
            fuel.Leave();
            writing = false;
        }
    }

    protected override PyValue Like(PyValue[] items) => new PyList(items);
}

/// <summary>A Python tuple.</summary>
internal class PyTuple(params PyValue[] items) : PySequence
{
    private int hash;

    public override IReadOnlyList<PyValue> Items => items;

    public override string TypeName => "tuple";

    public override PyValue? Attribute(string name) => ListMethods.FindOnTuple(this, name);

    public override int Hash()
    {
        if (hash != 0)
            return hash;
        var code = default(HashCode);
        foreach (var item in items)
            code.Add(item.Hash());
        return hash = code.ToHashCode();
    }

    public override bool EqualTo(PyValue other, Fuel fuel) =>
        ReferenceEquals(this, other) || (other is PyTuple tuple && SameItems(tuple, fuel));

    public override void WriteRepr(StringBuilder text, Fuel fuel)
    {
        fuel.Enter();
        text.Append('(');
        WriteItems(text, fuel);
        text.Append(items.Length == 1 ? ",)" : ")");
        fuel.Leave();
    }

    protected override PyValue Like(PyValue[] items) => new PyTuple(items);
}

/// <summary>One group of the groupby filter: a pair that also has names.</summary>
internal sealed class PyGroup(PyValue grouper, PyList list) : PyTuple(grouper, list)
{
    public override string TypeName => "_GroupTuple";

    public override string QualifiedName => "jinja2.filters._GroupTuple";

    public override PyValue? Attribute(string name) => name switch
    {
        "grouper" => Items[0],
        "list" => Items[1],
        _ => base.Attribute(name),
    };
}
