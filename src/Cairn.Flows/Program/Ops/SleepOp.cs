using Cairn.Flows.Expressions;
using Cairn.Flows.Library.Functions;
using Cairn.Flows.Values;

namespace Cairn.Flows.Program.Ops;

/// <summary>`sys.sleep` (spec/workflows.md 3.2): a durable timer.</summary>
internal sealed class SleepOp(CallArguments arguments, SlotAddress? result, bool isLenient)
    : ProgramCallOp(arguments, result)
{
    private const double Year = 366 * 86400d;

    /// <inheritdoc/>
    protected override Op? Begin(Strand strand)
    {
        var seconds = Durations.Seconds(Arguments(strand).Get("seconds"), "sys.sleep: 'seconds'", isLenient);
        if (seconds is < 0 or > Year || double.IsNaN(seconds))
            throw FlowError.OfValue($"sys.sleep: 'seconds' is from 0 to {Year} (a year), found {seconds}");
        strand.Waiting = Timers.Set(strand, new Waiting(), "sleep", seconds);
        return null;
    }
}

/// <summary>`sys.sleep_until`: a durable timer for a moment; a past one ends at once.</summary>
internal sealed class SleepUntilOp(CallArguments arguments, SlotAddress? result) : ProgramCallOp(arguments, result)
{
    /// <inheritdoc/>
    protected override Op? Begin(Strand strand)
    {
        var text = Arguments(strand).Get("time");
        if (text.Kind != FlowKind.String)
            throw FlowError.Type($"sys.sleep_until: 'time' is a string, found {Words.Of(text)}");
        if (IsoTime.Parse(text.AsText()) is not { } seconds)
            throw FlowError.OfValue(
                $"sys.sleep_until: 'time' is a moment such as 2024-07-12T12:50:33Z, found \"{text.AsText()}\"");
        var due = DateTimeOffset.UnixEpoch.AddTicks((long)Math.Ceiling(seconds * TimeSpan.TicksPerSecond));
        if (due <= strand.Machine.Turn.Now)
            return Done(strand, FlowValue.Null);
        strand.Waiting = Timers.Set(strand, new Waiting(), "sleep", due);
        return null;
    }
}
