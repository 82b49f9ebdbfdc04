using Cairn.Engine.Effects;
using Cairn.Engine.Journals;
using Cairn.Engine.Programs;
using Cairn.Engine.Runs;

namespace Cairn.Engine.Shells;

/// <summary>What other threads hand to the shell. Closed.</summary>
public abstract record Intake
{
    private Intake() { }

    /// <summary>
    /// Create a run; <paramref name="Done"/> is called on the shell's thread once it is durable, or is not.
    /// </summary>
    public sealed record Submit(NewRun Run, Action<CommitResult> Done) : Intake;

    /// <summary>Put something into a run's inbox; done as for a submit.</summary>
    public sealed record Send(long Run, InboxItem Item, Action<CommitResult> Done) : Intake;

    /// <summary>Another process committed runs or inbox rows: look.</summary>
    public sealed record Poked : Intake;

    /// <summary>A performer reported.</summary>
    public sealed record Reported(EffectKey Effect, int Issue, Report Report) : Intake;

    /// <summary>A performer has capacity again.</summary>
    public sealed record Freed(string Kind) : Intake;

    /// <summary>A question about the shell's own state, answered on its thread.</summary>
    public sealed record Inspect(Action<Shell> Look) : Intake;
}
