using Cairn.Flows.Sources;

namespace Cairn.Flows.Program;

/// <summary>A step of the compiled flow, as errors, progress and snapshots name it.</summary>
/// <param name="Index">Its number in the order of the text, over all routines.</param>
/// <param name="Name">As its author called it.</param>
/// <param name="Routine">The routine that it is in.</param>
/// <param name="Id">Unique in the flow and the same in every compilation: `main/loop/body`.</param>
/// <param name="Place">Where its name stands.</param>
/// <param name="Kind">Its first word: `assign`, `call`, `switch`, …; `next` for a pure jump.</param>
/// <param name="Depth">Steps around it.</param>
internal sealed record StepCode(
    int Index, string Name, string Routine, string Id, SourcePlace Place, string Kind, int Depth)
{
    /// <summary>As effects and log lines name it: with its routine when that is not `main`.</summary>
    public string Label => Routine == "main" ? Name : $"{Routine}.{Name}";
}
