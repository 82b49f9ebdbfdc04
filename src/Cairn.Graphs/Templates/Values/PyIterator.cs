using System.Text;

namespace Cairn.Graphs.Templates.Values;

/// <summary>
/// A Python generator or iterator: read once, lazily. Printed it shows an address in Python; here a fixed one,
/// so that a rendering is the same every time.
/// </summary>
internal sealed class PyIterator(IEnumerator<PyValue> items, string typeName, string? generatorName) : PyValue
{
    public override string TypeName => typeName;

    public override bool IsIterable => true;

    public static PyIterator Generator(string name, IEnumerable<PyValue> items) =>
        new(items.GetEnumerator(), "generator", name);

    public override IEnumerator<PyValue> Iterate() => new Remaining(items);

    public override void WriteRepr(StringBuilder text, Fuel fuel)
    {
        text.Append('<').Append(generatorName is null ? typeName : "generator").Append(" object ");
        if (generatorName is not null)
            text.Append(generatorName).Append(' ');
        text.Append("at 0x7f0000000000>");
    }

    /// <summary>Leaves the shared enumerator open when a loop over it ends early: the rest can still be read.</summary>
    private sealed class Remaining(IEnumerator<PyValue> items) : IEnumerator<PyValue>
    {
        public PyValue Current => items.Current;

        object System.Collections.IEnumerator.Current => items.Current;

        public bool MoveNext() => items.MoveNext();

        public void Reset() => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
