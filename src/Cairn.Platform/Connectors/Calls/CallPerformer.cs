using System.Collections.Concurrent;
using System.Text;
using Cairn.Engine.Effects;
using Cairn.Engine.Secrets;
using Cairn.Flows.Library;
using Cairn.Flows.Values;
using Cairn.Platform.Stores;

namespace Cairn.Platform.Connectors.Calls;

/// <summary>
/// Performs the calls of one kind. Every body may be begun again under the same effect key: a read is harmless, a write
/// is remembered by who received it, a run is found by its uid. So recovery is a second start, and what may not be
/// started twice is of an ambiguous kind, which the engine never recovers.
/// </summary>
/// <param name="kind">The kind.</param>
/// <param name="most">How many of its calls are under way at once.</param>
/// <param name="bodies">What it performs.</param>
/// <param name="vault">Opens and seals marked values.</param>
internal sealed class CallPerformer(EffectKind kind, int most, CallTable bodies, SecretVault vault) : IPerformer
{
    private readonly ConcurrentDictionary<EffectKey, Attempt> _live = new();
    private IReportSink? _reports;
    private int _count;

    /// <inheritdoc/>
    public string Kind => kind.Name;

    /// <inheritdoc/>
    public RecoveryClass Recovery => kind.Recovery;

    /// <summary>The calls that it performs.</summary>
    public IEnumerable<string> Names => bodies.Keys;

    private IReportSink Reports => _reports ?? throw new InvalidOperationException("Open comes first");

    /// <summary>Called when this process becomes the owner of the state folder.</summary>
    public Action Opened { get; init; } = static () => { };

    /// <inheritdoc/>
    public void Open(IReportSink reports)
    {
        _reports = reports;
        Opened();
    }

    /// <inheritdoc/>
    public Admission Admit(IReadOnlyList<EffectOrder> gang)
    {
        if (Volatile.Read(ref _count) + gang.Count > most)
            return new Admission.Full($"{most} of {most} calls of kind {kind.Name} are under way");
        Interlocked.Add(ref _count, gang.Count);
        return Admission.Admitted.Instance;
    }

    /// <inheritdoc/>
    public void Start(EffectOrder order)
    {
        var attempt = new Attempt(order.Issue, new CancellationTokenSource());
        _live[order.Key] = attempt;
        ThreadPool.UnsafeQueueUserWorkItem(_ => _ = Run(order, attempt), null);
    }

    /// <inheritdoc/>
    public void Recover(EffectOrder order, ReadOnlyMemory<byte>? handle, IReadOnlyList<ReadOnlyMemory<byte>> told)
    {
        Interlocked.Increment(ref _count);
        Start(order);
        foreach (var message in told)
            Tell(order, message);
    }

    /// <inheritdoc/>
    public void Tell(EffectOrder order, ReadOnlyMemory<byte> message)
    {
        // The only message that flows send: nobody waits for the answer any more.
        if (_live.TryGetValue(order.Key, out var attempt) && attempt.Issue == order.Issue)
            attempt.End(Ending.Known);
    }

    /// <inheritdoc/>
    public void Stop(EffectOrder order, StopReason reason)
    {
        if (_live.TryGetValue(order.Key, out var attempt) && attempt.Issue == order.Issue)
            attempt.End(reason == StopReason.Interrupted ? Ending.Interrupted : Ending.Known);
    }

    private async Task Run(EffectOrder order, Attempt attempt)
    {
        var end = await Perform(order, attempt);
        _live.TryRemove(KeyValuePair.Create(order.Key, attempt));
        attempt.Stopping.Dispose();
        Reports.Report(order.Key, order.Issue, end);
        if (Interlocked.Decrement(ref _count) == most - 1)
            Reports.Freed(Kind);
    }

    private async Task<Report.Ended> Perform(EffectOrder order, Attempt attempt)
    {
        try
        {
            var (name, arguments) = CallArguments.Read(order.Ask.Request, vault);
            var call = new Call(name, arguments, order)
            {
                Progress = state => Reports.Report(
                    order.Key, order.Issue, new Report.Progressed(Encoding.UTF8.GetBytes(state.ToJsonString()))),
                Accept = handle => Reports.Report(
                    order.Key, order.Issue, new Report.Accepted(Encoding.UTF8.GetBytes(handle))),
            };
            if (!bodies.TryGetValue(name, out var body))
                throw CallFault.NotHere(name, $"nothing performs it as {kind.Name}");
            return Known(CodedJson.Result(await body(call, attempt.Stopping.Token), vault));
        }
        catch (OperationCanceledException) when (attempt.Stopping.IsCancellationRequested)
        {
            return new Report.Ended(attempt.Ending, Stopped());
        }
        catch (CallFault fault)
        {
            return Fault(fault);
        }
        catch (FlowError error)
        {
            return Known(CodedJson.Error(error.Value, vault));
        }
        catch (StoreException failure)
        {
            return Fault(StoreFaults.Of(failure));
        }
        catch (Exception unforeseen)
        {
            // One broken call must never stop the engine or hang its run: the flow sees an internal fault.
            return Fault(CallFault.Tagged(FlowTags.System, unforeseen.Message));
        }
    }

    private Report.Ended Fault(CallFault fault) => Known(CodedJson.Error(fault.Error, vault));

    private static Report.Ended Known(byte[] result) => new(Ending.Known, result);

    private byte[] Stopped() => CodedJson.Error(
        CallFault.Tagged(FlowTags.Timeout, "the call was stopped before it had an answer").Error, vault);

    private sealed class Attempt(int issue, CancellationTokenSource stopping)
    {
        public int Issue { get; } = issue;

        public CancellationTokenSource Stopping { get; } = stopping;

        public Ending Ending { get; private set; } = Ending.Known;

        public void End(Ending ending)
        {
            Ending = ending;
            try
            {
                Stopping.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // It ended by itself a moment ago.
            }
        }
    }
}
