namespace Cairn.Flows.Values;

/// <summary>What a <see cref="FlowValue"/> refers to when it is no plain text. Closed.</summary>
public abstract class FlowObject
{
    private protected FlowObject(FlowKind kind) => Kind = kind;

    /// <summary>The kind of every value that refers to this object.</summary>
    internal FlowKind Kind { get; }

    /// <summary>Memory by the language's cost model, in bytes (7.3).</summary>
    internal virtual long Weight => 8;

    /// <summary>How many lists and maps stand inside each other here; 0 for what holds none.</summary>
    internal virtual int Depth => 0;
}

/// <summary>Says that the bits of a value are a number.</summary>
internal sealed class NumberTag : FlowObject
{
    public static readonly NumberTag Integer = new(FlowKind.Integer);
    public static readonly NumberTag Double = new(FlowKind.Double);

    private NumberTag(FlowKind kind)
        : base(kind)
    {
    }
}

/// <summary>The bytes of a value of kind bytes.</summary>
internal sealed class FlowBytes(ReadOnlyMemory<byte> content) : FlowObject(FlowKind.Bytes)
{
    public ReadOnlyMemory<byte> Content { get; } = content;

    internal override long Weight => 8 + Content.Length;
}

/// <summary>A function of the library, or a routine of the flow, by its name.</summary>
internal sealed class FlowFunction(string name) : FlowObject(FlowKind.Function)
{
    public string Name { get; } = name;
}

/// <summary>
/// A scalar with something to remember: the secrets that it was made from (architecture 3.10), or that it is a text
/// that was raised and caught as an error, whose `.message` may be read under leniency (T15).
/// </summary>
internal sealed class TaggedScalar(FlowValue inner, string? secret, bool isCaught) : FlowObject(inner.Kind)
{
    /// <summary>The plain value; never tagged itself.</summary>
    public FlowValue Inner { get; } = inner;

    /// <summary>The name of the secret, of several `A, B`; null without.</summary>
    public string? Secret { get; } = secret;

    public bool IsCaught { get; } = isCaught;

    internal override long Weight => Inner.Weight;
}
