using Cairn.Flows.Values;

namespace Cairn.Flows.Trials;

/// <summary>What answers calls in a test.</summary>
/// <param name="Function">The function; null: any.</param>
/// <param name="Step">The step, with its routine when that is not main (`sub.step`); null: any.</param>
/// <param name="Arguments">Arguments that the call has at least; null: any.</param>
/// <param name="Answers">One after another.</param>
/// <param name="IsSequence">Whether they run out; else the only one stays.</param>
/// <param name="Line">Where it begins, from 1.</param>
public sealed record Mock(
    string? Function, string? Step, FlowValue? Arguments, IReadOnlyList<MockAnswer> Answers, bool IsSequence, int Line)
{
    /// <summary>How messages name it: `http.get`, `step ask`.</summary>
    public string Told => (Function, Step) switch
    {
        ({ } function, { } step) => $"{function} of step {step}",
        ({ } function, null) => function,
        _ => $"step {Step}",
    };

    /// <summary>Whether it answers a call.</summary>
    public bool Fits(MadeCall call) =>
        (Function is null || Function == call.Function)
        && (Step is null || Step == call.Step)
        && (Arguments is not { } least || Subsets.Holds(least, call.Arguments));
}

/// <summary>A call that a flow made in a test.</summary>
/// <param name="Function">Its name.</param>
/// <param name="Step">The step that made it.</param>
/// <param name="Arguments">A map.</param>
public sealed record MadeCall(string Function, string Step, FlowValue Arguments);

/// <summary>What a mocked call comes to, and when.</summary>
/// <param name="After">Seconds by the test's clock.</param>
/// <param name="Value">The result, or the error that is raised; null: it never answers.</param>
/// <param name="IsError">Whether the value is raised.</param>
public sealed record MockAnswer(double After, FlowValue? Value, bool IsError);
