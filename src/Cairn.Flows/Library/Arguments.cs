using Cairn.Flows.Expressions;
using Cairn.Flows.Expressions.Nodes;
using Cairn.Flows.Values;

namespace Cairn.Flows.Library;

/// <summary>The arguments of one call of a pure function, and the errors that name them.</summary>
internal readonly ref struct Arguments(
    PureFunction function, ReadOnlySpan<FlowValue> values, Evaluation evaluation)
{
    private readonly ReadOnlySpan<FlowValue> _values = values;

    public Evaluation Evaluation { get; } = evaluation;

    public bool IsLenient => Evaluation.IsLenient;

    public int Count => _values.Length;

    public FlowValue this[int index] => _values[index];

    /// <summary>A text; under leniency bytes are one (T13). Paid for by its length.</summary>
    public string Text(int index)
    {
        var value = _values[index];
        var text = value.Kind == FlowKind.String ? value.AsText()
            : value.Kind == FlowKind.Bytes && IsLenient ? BytesText.Of(value.AsBytes().Span)
            : throw Wrong(index, "a string");
        Evaluation.Spend(text.Length);
        return text;
    }

    public ReadOnlyMemory<byte> Bytes(int index)
    {
        var value = _values[index];
        if (value.Kind != FlowKind.Bytes)
            throw Wrong(index, "bytes");
        Evaluation.Spend(value.AsBytes().Length);
        return value.AsBytes();
    }

    /// <summary>Bytes; under leniency a text is its UTF-8 (T13).</summary>
    public ReadOnlyMemory<byte> BytesOrText(int index)
    {
        var value = _values[index];
        if (value.Kind != FlowKind.String || !IsLenient)
            return Bytes(index);
        Evaluation.Spend(value.AsText().Length);
        return System.Text.Encoding.UTF8.GetBytes(value.AsText());
    }

    public long Integer(int index) =>
        _values[index].Kind == FlowKind.Integer ? _values[index].AsInteger() : throw Wrong(index, "an integer");

    public FlowValue Number(int index) => _values[index].Kind is FlowKind.Integer or FlowKind.Double
        ? _values[index]
        : throw Wrong(index, "a number");

    public bool Flag(int index) =>
        _values[index].Kind == FlowKind.Boolean ? _values[index].AsBoolean() : throw Wrong(index, "a boolean");

    public FlowMap Map(int index) => _values[index].Map ?? throw Wrong(index, "a map");

    public FlowList List(int index) => _values[index].List ?? throw Wrong(index, "a list");

    /// <summary>TypeError: the argument is not what it must be.</summary>
    public FlowError Wrong(int index, string expected)
    {
        var name = function.Signature.Parameters[index].Name;
        return FlowError.Type(
            $"{function.Signature.Name}: argument {name} must be {expected}, not {KindNames.Of(_values[index])}");
    }

    /// <summary>ValueError of this function.</summary>
    public FlowError Refused(string why) => FlowError.OfValue($"{function.Signature.Name}: {why}");
}
