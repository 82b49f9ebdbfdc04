namespace Cairn.Engine.Effects;

/// <summary>A performer's answer to a gang of ready effects. Closed.</summary>
public abstract record Admission
{
    private Admission() { }

    /// <summary>Capacity is reserved for all of them; <see cref="IPerformer.Start"/> follows for each.</summary>
    public sealed record Admitted : Admission
    {
        /// <summary>The only instance.</summary>
        public static Admitted Instance { get; } = new();
    }

    /// <summary>
    /// Not now: they stay in the journal, and `runs why` shows the reason. The engine offers again after
    /// <see cref="IReportSink.Freed"/>.
    /// </summary>
    /// <param name="Reason">`pool local: 2 of 2 CPUs in use, 1 asked`.</param>
    public sealed record Full(string Reason) : Admission;
}
