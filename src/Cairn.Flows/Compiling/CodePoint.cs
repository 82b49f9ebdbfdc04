namespace Cairn.Flows.Compiling;

/// <summary>Where code is being made: behind which operations, and which names mean what there.</summary>
/// <param name="Sequence">The operations so far.</param>
/// <param name="Scope">The scope.</param>
/// <param name="Where">Routine and step, as messages begin.</param>
internal sealed record CodePoint(OpSequence Sequence, Scope Scope, string Where)
{
    /// <summary>Names that some `except` of the routine assigns.</summary>
    public required IReadOnlySet<string> Handled { get; init; }

    /// <summary>A new place of the frame for a value that an expression needs later.</summary>
    public int Temporary() => Scope.Layout.Add($"${Sequence.Step.Id}");
}
