namespace Cairn.Flows.Expressions;

/// <summary>What the names in an expression mean where it stands.</summary>
public sealed class NameScope
{
    /// <summary>Where a variable lives; null for a name that is assigned nowhere here.</summary>
    public required Func<string, SlotAddress?> Variable { get; init; }

    /// <summary>The names of all variables here, for the hint of a misspelled one.</summary>
    public Func<IEnumerable<string>> Variables { get; init; } = static () => [];

    /// <summary>Whether the flow has a routine of this name.</summary>
    public Func<string, bool> IsRoutine { get; init; } = static _ => false;

    /// <summary>Whether T09 to T15 hold.</summary>
    public bool IsLenient { get; init; }

    /// <summary>Whether functions and routines may stand as values: only in retry policies (2.2).</summary>
    public bool AllowsFunctions { get; init; }
}
