namespace Cairn.Flows.Library;

/// <summary>What a pure function does with the marks of secrets (architecture 3.10).</summary>
internal enum Marking
{
    /// <summary>Its result was made from all scalar arguments, and bears the marks of all of them.</summary>
    Scalars,

    /// <summary>The same, and marks deep inside of lists and maps count: the result is a text of them.</summary>
    Deep,

    /// <summary>It moves values without looking into them: each keeps its own marks.</summary>
    Moves,
}
