using System.Globalization;
using Cairn.Flows.Values;

namespace Cairn.Flows.Program;

/// <summary>What a strand waits for, in a snapshot.</summary>
internal static class SavedWaiting
{
    /// <summary>A wait as plain data.</summary>
    public static FlowValue Write(Waiting waiting) => FlowValue.Of(FlowMap.Of(
        ("effect", FlowValue.Of(waiting.Effect)),
        ("timers", FlowValue.Of(FlowList.From(waiting.Timers.Select(timer => FlowValue.Of(timer))))),
        ("due", FlowValue.Of(waiting.Due?.UtcTicks.ToString(CultureInfo.InvariantCulture))),
        ("callback", FlowValue.Of(waiting.Callback)),
        ("attempt", FlowValue.Of(waiting.Attempt)),
        ("arguments", waiting.Arguments),
        ("for_branches", FlowValue.Of(waiting.ForBranches))));

    /// <summary>The wait of such data.</summary>
    public static Waiting Read(FlowMap map) => new()
    {
        Effect = map.Get("effect").AsInteger(),
        Timers = [.. map.Get("timers").AsList().Select(timer => timer.AsText())],
        Due = map.Get("due") is { IsNull: false } due
            ? new DateTimeOffset(long.Parse(due.AsText(), CultureInfo.InvariantCulture), TimeSpan.Zero)
            : null,
        Callback = map.Get("callback") is { IsNull: false } callback ? callback.AsText() : null,
        Attempt = (int)map.Get("attempt").AsInteger(),
        Arguments = map.Get("arguments"),
        ForBranches = map.Get("for_branches").AsBoolean(),
    };
}
