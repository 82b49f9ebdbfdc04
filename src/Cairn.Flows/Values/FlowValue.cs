using System.Runtime.CompilerServices;

namespace Cairn.Flows.Values;

/// <summary>
/// A value of the flow language (spec/workflows.md 2.3), immutable, of 16 bytes: a reference and 64 bits. Texts refer
/// to their string, numbers to a tag, null and booleans to nothing; `default` is null. A value that was made from a
/// secret answers all questions like the plain one, and <see cref="Secret"/> names what it came from.
/// </summary>
public readonly struct FlowValue : IEquatable<FlowValue>
{
    private const long NullBits = 0;
    private const long UnassignedBits = 1;
    private const long FalseBits = 2;
    private const long TrueBits = 3;
    private readonly object? _reference;
    private readonly long _bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private FlowValue(object? reference, long bits)
    {
        _reference = reference;
        _bits = bits;
    }

    /// <summary>`null`.</summary>
    public static FlowValue Null => default;

    /// <summary>`true`.</summary>
    public static FlowValue True => new(null, TrueBits);

    /// <summary>`false`.</summary>
    public static FlowValue False => new(null, FalseBits);

    /// <summary>No value; see <see cref="FlowKind.Unassigned"/>.</summary>
    public static FlowValue Unassigned => new(null, UnassignedBits);

    /// <summary>The kind; a tagged value has the kind of its plain one.</summary>
    public FlowKind Kind => _reference switch
    {
        null => KindOfBits(_bits),
        string => FlowKind.String,
        _ => Unsafe.As<FlowObject>(_reference).Kind,
    };

    /// <summary>Whether it is null.</summary>
    public bool IsNull => _reference is null && _bits == NullBits;

    /// <summary>Whether it is no value at all.</summary>
    public bool IsUnassigned => _reference is null && _bits == UnassignedBits;

    /// <summary>The secrets that the value was made from, by name (of several `A, B`); null for a plain one.</summary>
    public string? Secret => (_reference as TaggedScalar)?.Secret;

    /// <summary>Whether it is a text that was raised as an error and caught (T15).</summary>
    public bool IsCaughtText => _reference is TaggedScalar { IsCaught: true };

    /// <summary>Memory by the language's cost model, in bytes (7.3): numbers 8, texts and containers 8 and their
    /// content.</summary>
    public long Weight => _reference switch
    {
        null => 8,
        string text => 8 + text.Length,
        _ => Unsafe.As<FlowObject>(_reference).Weight,
    };

    /// <summary>How many lists and maps stand inside each other; 0 for a scalar.</summary>
    public int Depth => _reference is null or string ? 0 : Unsafe.As<FlowObject>(_reference).Depth;

    /// <summary>Whether it is an integer that carries no tag: the fast path of arithmetic.</summary>
    internal bool IsPlainInteger => ReferenceEquals(_reference, NumberTag.Integer);

    internal bool IsPlainDouble => ReferenceEquals(_reference, NumberTag.Double);

    internal bool IsTagged => _reference is TaggedScalar;

    /// <summary>The bits of a plain integer.</summary>
    internal long RawInteger => _bits;

    internal double RawDouble => BitConverter.Int64BitsToDouble(_bits);

    /// <summary>The text, when it is one without a tag.</summary>
    internal string? PlainText => _reference as string;

    internal FlowList? List => _reference as FlowList;

    internal FlowMap? Map => _reference as FlowMap;

    /// <summary>The value without its tag.</summary>
    internal FlowValue Plain => _reference is TaggedScalar tagged ? tagged.Inner : this;

    /// <summary>An integer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FlowValue Of(long value) => new(NumberTag.Integer, value);

    /// <summary>A double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FlowValue Of(double value) => new(NumberTag.Double, BitConverter.DoubleToInt64Bits(value));

    /// <summary>A boolean.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FlowValue Of(bool value) => new(null, value ? TrueBits : FalseBits);

    /// <summary>A text; a null reference gives the value null.</summary>
    public static FlowValue Of(string? value) => new(value, 0);

    /// <summary>Bytes; the memory is handed over and must not change any more.</summary>
    public static FlowValue Of(ReadOnlyMemory<byte> value) => new(new FlowBytes(value), 0);

    /// <summary>A list.</summary>
    public static FlowValue Of(FlowList value) => new(value, 0);

    /// <summary>A map.</summary>
    public static FlowValue Of(FlowMap value) => new(value, 0);

    /// <summary>A list of these values.</summary>
    public static FlowValue ListOf(params ReadOnlySpan<FlowValue> items) => new(FlowList.Of(items), 0);

    /// <summary>A reference to a function of the library or a routine of the flow.</summary>
    public static FlowValue Function(string name) => new(new FlowFunction(name), 0);

    /// <summary>
    /// The value marked as made from a secret; inside of lists and maps every scalar is. Null, booleans and keys carry
    /// no mark. A value that has marks gets one more.
    /// </summary>
    public FlowValue WithSecret(string name) => SecretMarks.Mark(this, name);

    /// <summary>A text as the `as` variable of `except` holds it (T15); any other value unchanged.</summary>
    public FlowValue AsCaught() => Kind == FlowKind.String ? Tagged(Plain, Secret, isCaught: true) : this;

    /// <summary>The boolean; call only for that kind.</summary>
    public bool AsBoolean()
    {
        Demand(FlowKind.Boolean);
        return _bits == TrueBits;
    }

    /// <summary>The integer; call only for that kind.</summary>
    public long AsInteger()
    {
        if (IsPlainInteger)
            return _bits;
        Demand(FlowKind.Integer);
        return Plain._bits;
    }

    /// <summary>The double, or an integer as one; call only for numbers.</summary>
    public double AsDouble()
    {
        if (IsPlainDouble)
            return RawDouble;
        if (Kind == FlowKind.Integer)
            return AsInteger();
        Demand(FlowKind.Double);
        return Plain.RawDouble;
    }

    /// <summary>The text; call only for that kind.</summary>
    public string AsText()
    {
        if (_reference is string text)
            return text;
        Demand(FlowKind.String);
        return (string)Plain._reference!;
    }

    /// <summary>The bytes; call only for that kind.</summary>
    public ReadOnlyMemory<byte> AsBytes()
    {
        Demand(FlowKind.Bytes);
        return ((FlowBytes)Plain._reference!).Content;
    }

    /// <summary>The list; call only for that kind.</summary>
    public FlowList AsList() => List ?? throw Wrong(FlowKind.List);

    /// <summary>The map; call only for that kind.</summary>
    public FlowMap AsMap() => Map ?? throw Wrong(FlowKind.Map);

    /// <summary>The name of the function; call only for that kind.</summary>
    public string AsFunction() => _reference is FlowFunction function ? function.Name : throw Wrong(FlowKind.Function);

    /// <summary>The language's `==` (2.4): deep, integers and doubles by number, NaN unlike itself; never an
    /// error.</summary>
    public bool Equals(FlowValue other) => Comparison.AreEqual(this, other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is FlowValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Comparison.HashOf(this);

    /// <summary>The value as JSON text for people, secrets as `[secret NAME]`.</summary>
    public override string ToString() => FlowJson.Shown(this);

    /// <summary>See <see cref="Equals(FlowValue)"/>.</summary>
    public static bool operator ==(FlowValue left, FlowValue right) => left.Equals(right);

    /// <summary>See <see cref="Equals(FlowValue)"/>.</summary>
    public static bool operator !=(FlowValue left, FlowValue right) => !left.Equals(right);

    internal static FlowValue Tagged(FlowValue plain, string? secret, bool isCaught) =>
        secret is null && !isCaught ? plain : new FlowValue(new TaggedScalar(plain, secret, isCaught), 0);

    private static FlowKind KindOfBits(long bits) => bits switch
    {
        NullBits => FlowKind.Null,
        UnassignedBits => FlowKind.Unassigned,
        _ => FlowKind.Boolean,
    };

    private void Demand(FlowKind kind)
    {
        if (Kind != kind)
            throw Wrong(kind);
    }

    private InvalidOperationException Wrong(FlowKind kind) => new($"a value of kind {Kind} was read as {kind}");
}
