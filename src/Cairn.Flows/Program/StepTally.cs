namespace Cairn.Flows.Program;

/// <summary>What a step did so far.</summary>
internal struct StepTally
{
    /// <summary>How often it was executed.</summary>
    public long Count;

    /// <summary>When it was last begun, in UTC ticks.</summary>
    public long Last;

    /// <summary>When it last came to an end that took time, or 0.</summary>
    public long Ended;

    /// <summary>How often it raised an error.</summary>
    public long Errors;
}
