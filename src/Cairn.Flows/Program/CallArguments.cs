using Cairn.Flows.Values;

namespace Cairn.Flows.Program;

/// <summary>The arguments of a call as they are compiled, in the order of the text.</summary>
/// <param name="names">Their names.</param>
/// <param name="values">What gives them.</param>
internal sealed class CallArguments(IReadOnlyList<string> names, Code[] values)
{
    /// <summary>Evaluates all of them.</summary>
    public FlowMap Evaluate(Strand strand)
    {
        var map = new FlowMapBuilder();
        for (var i = 0; i < values.Length; i++)
            map.Set(names[i], values[i].Evaluate(strand));
        return map.ToMap();
    }
}
