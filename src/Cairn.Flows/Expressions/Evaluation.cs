using Cairn.Flows.Values;

namespace Cairn.Flows.Expressions;

/// <summary>
/// One evaluator: the frame it reads, the switches in force and the fuel of the current expression. It is used by one
/// thread at a time and holds nothing between two expressions.
/// </summary>
public sealed class Evaluation(EvaluationInputs inputs, bool isLenient)
{
    /// <summary>
    /// Fuel of one expression: about one for a character read or written by a function, or a step of a regular
    /// expression. Enough for some seconds of work at most.
    /// </summary>
    public const long FuelOfExpression = 50_000_000;

    private long _fuel = FuelOfExpression;

    /// <summary>What it may know of the world.</summary>
    public EvaluationInputs Inputs { get; } = inputs;

    /// <summary>Whether T10 to T15 hold.</summary>
    public bool IsLenient { get; } = isLenient;

    /// <summary>Fuel that the current expression has used, by which an interpreter may pace itself.</summary>
    public long Spent => FuelOfExpression - _fuel;

    internal FlowFrame Frame { get; private set; } = new(0);

    internal FlowValue[] Slots { get; private set; } = [];

    /// <summary>Pays for work that grows with its input; raises ResourceLimitError when the fuel is out.</summary>
    internal void Spend(long amount)
    {
        if ((_fuel -= amount) < 0)
        {
            throw FlowError.Of(
                FlowTags.ResourceLimit, $"one expression used more than {FuelOfExpression / 1_000_000} million steps");
        }
    }

    internal void Enter(FlowFrame frame)
    {
        if (!ReferenceEquals(Frame, frame))
        {
            Frame = frame;
            Slots = frame.Slots;
        }

        _fuel = FuelOfExpression;
    }
}
