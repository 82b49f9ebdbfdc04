using System.Runtime.CompilerServices;
using Cairn.Flows.Library;
using Cairn.Flows.Values;

namespace Cairn.Flows.Expressions.Nodes;

/// <summary>A call of a pure function with all its arguments, those that the call leaves out as constants.</summary>
internal sealed class CallNode(PureFunction function, Node[] arguments, SourceSpan span) : Node(span)
{
    /// <summary>The most parameters of a pure function; the values of a call stay on the stack.</summary>
    public const int MostArguments = 4;

    public override FlowValue Evaluate(Evaluation evaluation)
    {
        var room = default(Values);
        Span<FlowValue> values = room;
        for (var i = 0; i < arguments.Length; i++)
            values[i] = arguments[i].Evaluate(evaluation);
        return Invoke(values[..arguments.Length], evaluation);
    }

    private FlowValue Invoke(scoped ReadOnlySpan<FlowValue> values, Evaluation evaluation)
    {
        try
        {
            return function.Invoke(values, evaluation);
        }
        catch (FlowError error)
        {
            throw error.At(Span);
        }
    }

    [InlineArray(MostArguments)]
    private struct Values
    {
        private FlowValue _first;
    }
}
