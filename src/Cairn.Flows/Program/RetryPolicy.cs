namespace Cairn.Flows.Program;

/// <summary>When and how often a `try` is repeated (spec/workflows.md 4.5).</summary>
internal sealed record RetryPolicy
{
    /// <summary>Repetitions, the first run not counted.</summary>
    public long MaxRetries { get; init; }

    /// <summary>Seconds before the first repetition.</summary>
    public double InitialDelay { get; init; }

    /// <summary>The longest wait in seconds.</summary>
    public double MaxDelay { get; init; }

    /// <summary>Each wait is so many times the one before.</summary>
    public double Multiplier { get; init; } = 1;

    /// <summary>The predicate when it is a subworkflow.</summary>
    public RoutineCode? Routine { get; init; }

    /// <summary>The predicate when it is a function of the library.</summary>
    public string Function { get; init; } = "";

    /// <summary>Seconds before the repetition after so many that failed, from 0.</summary>
    public double Delay(int failed) => Math.Min(InitialDelay * Math.Pow(Multiplier, failed), MaxDelay);
}
