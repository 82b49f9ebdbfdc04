using Cairn.Flows.Expressions;
using Cairn.Flows.Values;

namespace Cairn.Flows.Program.Ops;

/// <summary>`events.await_callback` (spec/workflows.md 3.4, 7.5): takes one request of an endpoint.</summary>
internal sealed class AwaitCallbackOp(CallArguments arguments, SlotAddress? result, bool isLenient)
    : ProgramCallOp(arguments, result)
{
    private const double DefaultSeconds = 43200;

    /// <inheritdoc/>
    protected override Op? Begin(Strand strand)
    {
        var given = Arguments(strand);
        var callback = given.Get("callback");
        if (callback.Kind != FlowKind.Map || callback.AsMap().Get("url") is not { Kind: FlowKind.String } url)
            throw FlowError.Type(
                "events.await_callback: 'callback' is what events.create_callback_endpoint returned, "
                + $"found {Words.Of(callback)}");
        var seconds = given.Get("timeout") is { IsNull: false } timeout
            ? Durations.Seconds(timeout, "events.await_callback: 'timeout'", isLenient)
            : DefaultSeconds;
        if (!(seconds >= 0))
            throw FlowError.OfValue($"events.await_callback: 'timeout' is at least 0, found {seconds}");
        if (strand.Machine.TakeRequest(url.AsText()) is { } request)
            return Done(strand, request);
        strand.Waiting = Timers.Set(strand, new Waiting { Callback = url.AsText() }, "timeout", seconds);
        return null;
    }

    /// <inheritdoc/>
    public override Op Resume(Strand strand, Wake wake)
    {
        if (wake is Wake.Request request)
        {
            Timers.Clear(strand);
            return Done(strand, request.Value);
        }

        strand.Waiting = null;
        throw FlowError.Of(FlowTags.Timeout, "events.await_callback: no request arrived in time");
    }
}
