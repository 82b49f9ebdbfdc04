using Cairn.Engine.Effects;
using Cairn.Engine.Programs;
using Cairn.Flows.Expressions;
using Cairn.Flows.Library;
using Cairn.Flows.Values;

namespace Cairn.Flows.Program.Ops;

/// <summary>
/// A call that a performer makes. Its time limit, and the repetitions that connectors have of their own
/// (spec/workflows.md 6.2), are timers of the program; a performer makes one attempt.
/// </summary>
/// <param name="signature">What is called.</param>
/// <param name="arguments">What it is given.</param>
/// <param name="result">Where its value goes, or null.</param>
/// <param name="isLenient">Whether T01 to T30 hold.</param>
internal sealed class EffectOp(
    CallSignature signature, CallArguments arguments, SlotAddress? result, bool isLenient) : WaitingOp
{
    /// <summary>What is called, for people.</summary>
    public string Call => signature.Name;

    /// <summary>Whether a job that it started is stopped when the run ends without it.</summary>
    public bool EndsWithRun => signature.Name == "cairn.job.run";

    private const string Timeout = "timeout";
    private const string Again = "retry";
    private const int MostRepeats = 5;

    /// <inheritdoc/>
    protected override Op? Begin(Strand strand)
    {
        var given = arguments.Evaluate(strand);
        CallChecks.Check(signature, given, isLenient);
        var seconds = CallLimits.TimeoutOf(signature, given, isLenient);
        var waiting = new Waiting { Arguments = FlowValue.Of(given) };
        strand.Waiting = seconds is { } limit ? Timers.Set(strand, waiting, Timeout, limit) : waiting;
        Ask(strand, strand.Waiting);
        return null;
    }

    /// <inheritdoc/>
    public override Op? Resume(Strand strand, Wake wake)
    {
        var waiting = strand.Waiting!;
        switch (wake)
        {
            case Wake.Timer { Purpose: Again }:
                Ask(strand, waiting with { Timers = [.. waiting.Timers.Where(timer => timer != Again)] });
                return null;
            case Wake.Timer:
                return TimedOut(strand, waiting);
            case Wake.Effect { Ending: Ending.Unknown }:
                throw Ended(strand, FlowError.Of(
                    FlowTags.Connection,
                    $"{signature.Name}: the engine stopped during the call; it may have been processed or not"));
            case Wake.Effect effect:
                return Reported(strand, waiting, CallAnswer.Read(effect.Result, strand.Machine.Vault));
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private Op? Reported(Strand strand, Waiting waiting, CallAnswer answer)
    {
        if (answer.IsError)
            return Repeat(strand, waiting, answer.Value) ? null : throw Ended(strand, new FlowError(answer.Value));
        Timers.Clear(strand);
        strand.Waiting = null;
        if (result is { } slot)
            strand.Frame[slot] = answer.Value;
        return Next;
    }

    /// <summary>What connectors repeat by themselves; false: the error is the flow's.</summary>
    private bool Repeat(Strand strand, Waiting waiting, FlowValue error)
    {
        if (!signature.IsConnector || waiting.Attempt >= MostRepeats)
            return false;
        var isRead = signature.Effect!.Recovery == RecoveryClass.Repeat;
        var evaluation = strand.Machine.Evaluation;
        if (!(isRead
            ? RetryPredicates.Idempotent(error, evaluation)
            : RetryPredicates.NonIdempotent(error, evaluation)))
            return false;
        var seconds = Math.Min(Math.Pow(1.25, waiting.Attempt), 60);
        strand.Waiting = Timers.Set(
            strand, waiting with { Effect = 0, Attempt = waiting.Attempt + 1 }, Again, seconds);
        return true;
    }

    private Op TimedOut(Strand strand, Waiting waiting)
    {
        if (waiting.Effect != 0)
            strand.Machine.Turn.Tell(waiting.Effect, CallRequest.Stop);
        throw Ended(strand, FlowError.Of(FlowTags.Timeout, $"{signature.Name}: no answer within the time limit"));
    }

    private void Ask(Strand strand, Waiting waiting)
    {
        var given = isLenient && signature.IsConnector
            ? FlowValue.Of(ConnectorArguments.Adapt(signature, waiting.Arguments.AsMap()))
            : waiting.Arguments;
        var request = CallRequest.Write(
            signature.AliasOf ?? signature.Name, given, isLenient, strand.Machine.Vault);
        var effect = strand.Machine.Turn.Ask(new Ask(KindOf(waiting.Arguments.AsMap()), request)
        {
            Label = Step.Label,
            Attempt = waiting.Attempt,
        });
        strand.Waiting = waiting with { Effect = effect };
    }

    private string KindOf(FlowMap given) =>
        signature.Name == "http.request" && CallLimits.IsRead(given.Get("method"))
            ? EffectKind.HttpRead.Name
            : signature.Effect!.Name;

    private static FlowError Ended(Strand strand, FlowError error)
    {
        Timers.Clear(strand);
        strand.Waiting = null;
        return error;
    }
}
