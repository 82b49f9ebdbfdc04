using System.Text.Json.Serialization;
using Cairn.Platform.Triggers;
using Cairn.Platform.Triggers.Ledgers;

namespace Cairn.Cli.Commands.Trigger;

/// <summary>A trigger as JSON.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Cause">What it waits for, in words.</param>
/// <param name="Run">The program that it starts.</param>
/// <param name="State">`active`, `paused`, `disabled`, `other_mode`, or `new`: nothing has followed it yet.</param>
/// <param name="Next">The next time of its timetable.</param>
/// <param name="Last">The last line of its log.</param>
internal sealed record TriggerDocument(
    string Id, string Cause, string Run, string State, DateTimeOffset? Next, LogDocument? Last);

/// <summary>What a trigger makes of an object or an event.</summary>
/// <param name="Id">The trigger.</param>
/// <param name="Fires">Whether it fires.</param>
/// <param name="Reason">Why not, in words.</param>
/// <param name="Values">What its arguments may use.</param>
/// <param name="Run">The run that it has started for this version.</param>
internal sealed record VerdictDocument(
    string Id, bool Fires, string? Reason, IReadOnlyDictionary<string, string>? Values, string? Run = null)
{
    /// <summary>A verdict.</summary>
    public static VerdictDocument Of(string trigger, Verdict verdict) => verdict switch
    {
        Verdict.Fires fires => new VerdictDocument(trigger, true, null, fires.Values),
        Verdict.Silent silent => new VerdictDocument(trigger, false, silent.Reason, null),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

/// <summary>A line of the log.</summary>
internal sealed record LogDocument(
    DateTimeOffset At, string Trigger, string Subject, long Version, string Outcome, string? Detail, string? Run)
{
    /// <summary>A line.</summary>
    public static LogDocument Of(LogLine line) => new(
        line.At, line.Trigger, line.Subject, line.Version, line.Outcome, line.Detail.Length > 0 ? line.Detail : null,
        line.Run);
}

/// <summary>JSON of triggers.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<TriggerDocument>))]
[JsonSerializable(typeof(IReadOnlyList<VerdictDocument>))]
[JsonSerializable(typeof(IReadOnlyList<LogDocument>))]
[JsonSerializable(typeof(SortedDictionary<string, string>))]
internal sealed partial class TriggerJson : JsonSerializerContext;
