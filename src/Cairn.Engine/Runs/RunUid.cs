using System.Globalization;

namespace Cairn.Engine.Runs;

/// <summary>The 128-bit identity of a run; part of every effect key. People use the id (`vda-1`) instead.</summary>
/// <param name="Value">128 random bits, handed in by whoever creates the run.</param>
public readonly record struct RunUid(UInt128 Value) : IComparable<RunUid>
{
    /// <summary>Orders by value, so that a listing does not follow a hash.</summary>
    public int CompareTo(RunUid other) => Value.CompareTo(other.Value);

    /// <summary>32 lower-case hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);

    /// <summary>Reads 32 hexadecimal digits; false for anything else.</summary>
    public static bool TryParse(string? text, out RunUid uid)
    {
        var read = UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value);
        uid = new RunUid(value);
        return read && text!.Length == 32;
    }

    /// <summary>Before, by value.</summary>
    public static bool operator <(RunUid left, RunUid right) => left.CompareTo(right) < 0;

    /// <summary>After, by value.</summary>
    public static bool operator >(RunUid left, RunUid right) => left.CompareTo(right) > 0;

    /// <summary>Before or the same, by value.</summary>
    public static bool operator <=(RunUid left, RunUid right) => left.CompareTo(right) <= 0;

    /// <summary>After or the same, by value.</summary>
    public static bool operator >=(RunUid left, RunUid right) => left.CompareTo(right) >= 0;
}
