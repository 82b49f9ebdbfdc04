using System.Text;
using Cairn.Graphs.Templates.Callables;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Rendering;

/// <summary>The <c>loop</c> of a for. Asking for the length or the next item reads ahead.</summary>
internal sealed class PyLoop : PyValue
{
    private readonly PyValue source;
    private readonly Func<PyValue, long, PyValue>? again;
    private readonly long depth;
    private readonly Fuel fuel;
    private IEnumerator<PyValue> items;
    private long index = -1;
    private long? length;
    private PyValue? ahead;
    private PyValue? current;
    private PyValue? before;
    private PyTuple? changed;

    public PyLoop(PyValue source, Func<PyValue, long, PyValue>? again, long depth, Fuel fuel)
    {
        this.source = source;
        this.again = again;
        this.depth = depth;
        this.fuel = fuel;
        items = source.Iterate();
    }

    public override string TypeName => "LoopContext";

    public override string QualifiedName => "jinja2.runtime.LoopContext";

    public override bool IsCallable => true;

    public override bool HasLength => true;

    public override bool IsIterable => true;

    public override long Length(Fuel spent) => Count();

    public override bool Truth() => Count() != 0;

    public PyValue? MoveNext()
    {
        var item = ahead ?? Read();
        ahead = null;
        if (item is null)
            return null;
        index++;
        before = current;
        return current = item;
    }

    public override PyValue? Attribute(string name) => name switch
    {
        "index" => index + 1,
        "index0" => index,
        "revindex" => Count() - index,
        "revindex0" => Count() - index - 1,
        "first" => index == 0,
        "last" => Peek() is null,
        "length" => Count(),
        "depth" => depth + 1,
        "depth0" => depth,
        "previtem" => index == 0 ? PyUndefined.Hinted("there is no previous item") : before!,
        "nextitem" => Peek() ?? PyUndefined.Hinted("there is no next item"),
        "cycle" => new PyFunction("<bound method LoopContext.cycle of " + Text() + ">", Cycle),
        "changed" => new PyFunction("<bound method LoopContext.changed of " + Text() + ">", Changed),
        _ => null,
    };

    public override PyValue Call(Run run, Arguments arguments)
    {
        if (again is null)
        {
            throw PyException.Type(
                "The loop must have the 'recursive' marker to be called recursively.");
        }

        var bound = new Signature("__call__", 1, 1, "iterable").Bind(arguments);
        return again(bound[0]!, depth + 1);
    }

    /// <summary>The rest of the items, each with the loop, as the original's iterator gives them.</summary>
    public override IEnumerator<PyValue> Iterate()
    {
        while (MoveNext() is { } item)
            yield return new PyTuple(item, this);
    }

    public override void WriteRepr(StringBuilder text, Fuel spent) => text.Append(Text());

    private string Text() => $"<LoopContext {index + 1}/{Count()}>";

    private PyValue? Read()
    {
        fuel.Spend();
        return items.MoveNext() ? items.Current : null;
    }

    private PyValue? Peek() => ahead ??= Read();

    private long Count()
    {
        if (length is { } known)
            return known;
        if (source.HasLength)
            return (length = source.Length(fuel)).Value;
        var rest = new List<PyValue>();
        while (Read() is { } item)
            rest.Add(item);
        items = rest.GetEnumerator();
        return (length = rest.Count + index + 1 + (ahead is null ? 0 : 1)).Value;
    }

    private PyValue Cycle(Run run, Arguments arguments)
    {
        if (arguments.Positional.Length == 0)
            throw PyException.Type("no items for cycling given");
        return arguments.Positional[index % arguments.Positional.Length];
    }

    private PyValue Changed(Run run, Arguments arguments)
    {
        var values = new PyTuple(arguments.Positional);
        if (changed is not null && Comparison.Equal(changed, values, fuel))
            return false;
        changed = values;
        return true;
    }
}
