using System.Text;
using Cairn.Graphs.Templates.Callables;

namespace Cairn.Graphs.Templates.Values;

/// <summary>A Python str. Lengths and positions count code points, as Python's do.</summary>
internal class PyStr(string value) : PyValue
{
    public static readonly PyStr Empty = new("");
    private int hash;
    private sbyte wide = -1;

    public string Value { get; } = value;

    public override string TypeName => "str";

    /// <summary>Whether some character takes two UTF-16 units, so that positions must be translated.</summary>
    public bool IsWide
    {
        get
        {
            if (wide < 0)
                wide = CodePoints.IsWide(Value) ? (sbyte)1 : (sbyte)0;
            return wide > 0;
        }
    }

    public override bool IsIterable => true;

    public override bool HasLength => true;

    public override bool HasItems => true;

    public int Count => IsWide ? CodePoints.Count(Value) : Value.Length;

    /// <summary>A text of the same class, str or Markup.</summary>
    public virtual PyStr Like(string text) => new(text);

    public override bool Truth() => Value.Length > 0;

    public override string Str(Fuel fuel) => Value;

    public override void WriteStr(StringBuilder text, Fuel fuel)
    {
        fuel.Text(Value.Length);
        fuel.Limit(text.Length + (long)Value.Length);
        text.Append(Value);
    }

    public override void WriteRepr(StringBuilder text, Fuel fuel)
    {
        fuel.Text(Value.Length);
        fuel.Limit(text.Length + (long)Value.Length);
        StrRepr.Write(text, Value);
    }

    public override long Length(Fuel fuel) => Count;

    public override IEnumerator<PyValue> Iterate()
    {
        for (var i = 0; i < Value.Length;)
        {
            var size = char.IsSurrogatePair(Value, i) ? 2 : 1;
            yield return new PyStr(Value.Substring(i, size));
            i += size;
        }
    }

    public override PyValue? Item(PyValue key, Fuel fuel)
    {
        if (key is not PyInteger integer || !integer.TrySmall(out var index))
            return null;
        var count = Count;
        if (index < 0)
            index += count;
        if (index < 0 || index >= count)
            return null;
        return Like(IsWide ? CodePoints.Slice(Value, (int)index, 1, 1) : Value.Substring((int)index, 1));
    }

    public override PyValue Slice(PySlice slice, Fuel fuel)
    {
        var (start, step, count) = slice.Resolve(Count);
        fuel.Text(count);
        if (!IsWide && step == 1)
            return Like(count == 0 ? "" : Value.Substring((int)start, (int)count));
        return Like(CodePoints.Slice(Value, (int)start, step, (int)count));
    }

    public override PyValue? Attribute(string name) => StrMethods.Find(this, name);

    public override bool Contains(PyValue item, Fuel fuel)
    {
        if (item is not PyStr part)
            throw PyException.Type($"'in <string>' requires string as left operand, not {item.TypeName}");
        fuel.Text(Value.Length);
        return Value.Contains(part.Value, StringComparison.Ordinal);
    }

    public override int Hash() => hash != 0 ? hash : hash = Value.GetHashCode(StringComparison.Ordinal);

    public override bool EqualTo(PyValue other, Fuel fuel) =>
        other is PyStr text && string.Equals(Value, text.Value, StringComparison.Ordinal);
}

/// <summary>Markupsafe's str that needs no HTML escaping; appears under autoescape and through filters such as
/// safe.</summary>
internal sealed class PyMarkup(string value) : PyStr(value)
{
    public override string TypeName => "Markup";

    public override string QualifiedName => "markupsafe.Markup";

    public static PyMarkup Escape(PyValue value, Fuel fuel)
    {
        if (value is PyMarkup safe)
            return safe;
        var text = value.Str(fuel);
        fuel.Text(text.Length * 2L);
        return new PyMarkup(EscapeText(text));
    }

    public static string EscapeText(string text)
    {
        if (text.AsSpan().IndexOfAny("&<>'\"") < 0)
            return text;
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            _ = c switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '\'' => escaped.Append("&#39;"),
                '"' => escaped.Append("&#34;"),
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }

    public override PyStr Like(string text) => new PyMarkup(text);

    public override void WriteRepr(StringBuilder text, Fuel fuel)
    {
        text.Append("Markup(");
        base.WriteRepr(text, fuel);
        text.Append(')');
    }
}
