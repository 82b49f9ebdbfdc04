using System.Buffers;
using System.Diagnostics;
using Cairn.Engine.Effects;
using Cairn.Engine.Programs;
using Cairn.Engine.Runs;
using Cairn.Flows.Expressions;
using Cairn.Flows.Values;

namespace Cairn.Flows.Program;

/// <summary>
/// A flow as the engine knows it: an event wakes the strand that waits for it, and what is ready runs until all strands
/// wait again or the run has ended.
/// </summary>
internal sealed class FlowProgram(FlowState state) : IProgram
{
    /// <summary>Lets other events in between the parts of a long computation.</summary>
    private const string Pause = "computing: goes on";

    private FlowMachine Machine => state.Machine;

    /// <inheritdoc/>
    public Advanced Advance(RunEvent happened, Turn turn)
    {
        Machine.Turn = turn;
        if (happened is not RunEvent.Continued)
        {
            state.Begin();
            Machine.Begin();
            Take(happened);
        }

        if (!Machine.Run())
        {
            if (!Machine.IsPauseDue)
                return Advanced.OutOfFuel;
            turn.SetTimer(Pause, turn.Now);
        }

        Show(turn);
        return Advanced.Done;
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> snapshot) => FlowSnapshot.Write(state, snapshot);

    /// <inheritdoc/>
    public void Describe(IBufferWriter<byte> json) => FlowDescription.Write(state, json);

    private void Take(RunEvent happened)
    {
        switch (happened)
        {
            case RunEvent.Started started:
                Start(started);
                break;
            case RunEvent.Reported { Report: Report.Ended ended } reported:
                if (Waiter(waiting => waiting.Effect == reported.Effect) is { } caller)
                    Machine.Resume(caller, new Wake.Effect(ended.Ending, ended.Result));
                break;
            case RunEvent.TimerFired fired:
                Fired(fired.Timer);
                break;
            case RunEvent.Arrived { Item.Kind: InboxKind.Signal } arrived:
                Signalled(arrived.Item);
                break;
            case RunEvent.Arrived { Item.Kind: InboxKind.Cancel or InboxKind.Terminate } arrived:
                Machine.Cancel(CancelNote.Read(arrived.Item.Payload));
                break;
            case RunEvent.Reported or RunEvent.Arrived:
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void Start(RunEvent.Started started)
    {
        state.Uid = started.Uid.ToString();
        var main = Machine.Code.Main;
        var frame = new FlowFrame(main.Layout.Size);
        if (main.Parameters is [var parameter, ..])
            frame.Slots[0] = started.Arguments.IsEmpty
                ? parameter.Default.IsUnassigned ? FlowValue.Null : parameter.Default
                : FlowJson.Decode(started.Arguments.Span, Machine.Vault);
        Machine.Wake(Machine.Add(new Strand(Machine, Machine.NextStrand++, frame, main.Entry)));
    }

    private void Fired(string timer)
    {
        foreach (var strand in Machine.Strands.Values)
            foreach (var purpose in strand.Waiting?.Timers ?? [])
                if (Timers.IdOf(strand, purpose) == timer)
                {
                    Machine.Resume(strand, new Wake.Timer(purpose));
                    return;
                }
    }

    /// <summary>A request at a callback endpoint: `{"callback": URL, "value": what await_callback returns}`.</summary>
    private void Signalled(InboxItem item)
    {
        var signal = FlowJson.Decode(item.Payload.Span, Machine.Vault);
        if (signal.Kind != FlowKind.Map || signal.AsMap().Get("callback") is not { Kind: FlowKind.String } url)
            return;
        var request = signal.AsMap().Get("value");
        if (Waiter(waiting => waiting.Callback == url.AsText()) is { } strand)
            Machine.Resume(strand, new Wake.Request(request));
        else
            Machine.Keep(url.AsText(), request);
    }

    private Strand? Waiter(Func<Waiting, bool> isMeant) =>
        Machine.Strands.Values.FirstOrDefault(strand => strand.Waiting is { } waiting && isMeant(waiting));

    private void Show(Turn turn)
    {
        if (state.HasEnded)
            return;
        if (Machine.End is { } end)
        {
            Close(turn);
            state.HasEnded = true;
            state.Shown = FlowDescription.WordOf(end);
            turn.End(state.Shown, FlowDescription.OutcomeOf(end), FlowDescription.Result(state));
            return;
        }

        var isWaiting = !Machine.Ready.Any();
        var shown = isWaiting ? "ACTIVE (waiting)" : "ACTIVE";
        if (state.Shown == shown)
            return;
        state.Shown = shown;
        turn.Show("ACTIVE", isWaiting && !Machine.WaitsForEffect ? Outcome.Waiting : Outcome.Running);
    }

    /// <summary>Jobs that only this run asked for are stopped with it; what others may see goes on (3.12).</summary>
    private void Close(Turn turn)
    {
        foreach (var strand in Machine.Strands.Values)
            if (strand.Waiting is { Effect: > 0 } waiting && strand.At is Ops.EffectOp { EndsWithRun: true })
                turn.Tell(waiting.Effect, CallRequest.Stop);
    }
}
