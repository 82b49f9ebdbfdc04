using Cairn.Flows.Program;
using Cairn.Flows.Sources;
using Cairn.Flows.Syntax;

namespace Cairn.Flows.Compiling;

/// <summary>A valid flow: its syntax for those that look at it, its code for those that run it. Immutable.</summary>
public sealed class Flow
{
    internal Flow(FlowDocument document, FlowCode code, SourceText source) =>
        (Document, Code, Source) = (document, code, source);

    /// <summary>How many steps it has, over all routines.</summary>
    public int StepCount => Code.Steps.Count;

    internal FlowDocument Document { get; }

    internal FlowCode Code { get; }

    internal SourceText Source { get; }
}
