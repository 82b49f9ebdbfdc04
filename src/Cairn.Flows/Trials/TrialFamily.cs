using Cairn.Engine.Programs;
using Cairn.Flows.Compiling;
using Cairn.Flows.Program;

namespace Cairn.Flows.Trials;

/// <summary>Runs a flow that is compiled already, watched by a trace. Its runs live as long as their test.</summary>
internal sealed class TrialFamily(Flow flow, FlowDefinition definition, FlowTrace trace) : IProgramFamily
{
    /// <inheritdoc/>
    public string Kind => FlowFamily.Word;

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public IProgram Load(ReadOnlyMemory<byte> pinned, int version)
    {
        var state = new FlowState(definition, flow.Code, null);
        state.Machine.Trace = trace;
        return new FlowProgram(state);
    }

    /// <inheritdoc/>
    public IProgram Restore(ReadOnlyMemory<byte> pinned, int version, ReadOnlyMemory<byte> snapshot)
    {
        var program = new FlowState(definition, flow.Code, null);
        program.Machine.Trace = trace;
        FlowSnapshot.Read(snapshot, program);
        return new FlowProgram(program);
    }
}
