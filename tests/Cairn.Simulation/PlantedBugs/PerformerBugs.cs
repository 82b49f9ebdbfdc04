using Cairn.Engine.Effects;

namespace Cairn.Simulation.PlantedBugs;

/// <summary>Every process gives an effect another key: the world cannot know that it was asked before.</summary>
internal sealed class KeyMissing(IPerformer inner, int process) : PerformerDecorator(inner)
{
    /// <inheritdoc/>
    public override void Report(EffectKey effect, int issue, Report report) =>
        Sink.Report(effect with { Incarnation = 0 }, issue, report);

    /// <inheritdoc/>
    protected override EffectOrder Order(EffectOrder order) =>
        order with { Key = order.Key with { Incarnation = process } };
}

/// <summary>Reports of an older issue count as those of the newest.</summary>
internal sealed class IssueUnchecked(IPerformer inner) : PerformerDecorator(inner)
{
    private readonly SortedDictionary<string, int> _issues = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override void Start(EffectOrder order)
    {
        _issues[order.Key.ToString()] = order.Issue;
        base.Start(order);
    }

    /// <inheritdoc/>
    public override void Report(EffectKey effect, int issue, Report report) =>
        Sink.Report(effect, _issues.GetValueOrDefault(effect.ToString(), issue), report);
}

/// <summary>Some ends of effects never reach the engine.</summary>
internal sealed class ReportDropped(IPerformer inner) : PerformerDecorator(inner)
{
    private int _ends;

    /// <inheritdoc/>
    public override void Report(EffectKey effect, int issue, Report report)
    {
        if (report is Cairn.Engine.Effects.Report.Ended && ++_ends % 7 == 0) return;
        Sink.Report(effect, issue, report);
    }
}

/// <summary>A POST to a stranger is taken for something that may be done again.</summary>
internal sealed class AmbiguousRepeated(IPerformer inner) : PerformerDecorator(inner)
{
    /// <inheritdoc/>
    public override RecoveryClass Recovery =>
        base.Recovery == RecoveryClass.Ambiguous ? RecoveryClass.Repeat : base.Recovery;
}

/// <summary>After a crash an effect is started anew instead of found: its issue counts up with the process.</summary>
internal sealed class StartedAnew(IPerformer inner, int process) : PerformerDecorator(inner)
{
    /// <inheritdoc/>
    public override void Report(EffectKey effect, int issue, Report report) =>
        Sink.Report(effect, issue % 1000, report);

    /// <inheritdoc/>
    protected override EffectOrder Order(EffectOrder order) =>
        order with { Issue = order.Issue + (1000 * process) };
}
