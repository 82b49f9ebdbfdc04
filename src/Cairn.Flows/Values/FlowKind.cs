namespace Cairn.Flows.Values;

/// <summary>The runtime types of the language (spec/workflows.md 2.3), and two that only the interpreter sees.
/// </summary>
public enum FlowKind : byte
{
    /// <summary>`null`.</summary>
    Null,

    /// <summary>`true` or `false`.</summary>
    Boolean,

    /// <summary>A signed integer of 64 bits.</summary>
    Integer,

    /// <summary>An IEEE 754 double.</summary>
    Double,

    /// <summary>Text.</summary>
    String,

    /// <summary>A list.</summary>
    List,

    /// <summary>A map with string keys that keeps the order of insertion.</summary>
    Map,

    /// <summary>Raw bytes.</summary>
    Bytes,

    /// <summary>A reference to a function or routine; only retry policies hold one (2.2).</summary>
    Function,

    /// <summary>No value: what the slot of a variable holds before its first assignment.</summary>
    Unassigned,
}
