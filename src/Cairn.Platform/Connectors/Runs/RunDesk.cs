using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Cairn.Engine.Hosting;
using Cairn.Engine.Programs;
using Cairn.Engine.Records;
using Cairn.Engine.Runs;
using Cairn.Engine.Secrets;
using Cairn.Engine.Shells;
using Cairn.Flows.Values;
using Cairn.Platform.Connectors.Calls;

namespace Cairn.Platform.Connectors.Runs;

/// <summary>
/// Where calls meet the engine that performs them: they start runs, look at them and wait for their ends. The engine is
/// bound when it is open; a call that comes before waits for that.
/// </summary>
public sealed class RunDesk
{
    private readonly TaskCompletionSource<EngineHost> _engine =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly ConcurrentDictionary<long, TaskCompletionSource> _awaited = new();

    /// <summary>The engine is open.</summary>
    public void Bind(EngineHost engine) => _engine.TrySetResult(engine);

    /// <summary>A change that the engine committed; called from its thread.</summary>
    public void Changed(RunChange change)
    {
        if (!change.Run.IsOpen && _awaited.TryRemove(change.Run.Row, out var waiting))
            waiting.TrySetResult();
    }

    /// <summary>A uid that follows from an effect's key: the same effect starts the same run.</summary>
    internal static RunUid UidOf(string effectKey, int index = 0)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"run {index} of effect {effectKey}"));
        return new RunUid(System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash));
    }

    /// <summary>Starts a run, or finds the one that has this uid; 429 when the engine has no room.</summary>
    internal async Task<RunHead> Start(NewRun run, CancellationToken cancel)
    {
        var engine = await _engine.Task.WaitAsync(cancel);
        try
        {
            return engine.Journal.Find(run.Uid.ToString()) ?? await engine.SubmitAsync(run);
        }
        catch (EngineBusyException busy)
        {
            throw CallFault.Exhausted(busy.Message);
        }
    }

    /// <summary>A run by id or uid, or null.</summary>
    internal async Task<RunHead?> Find(string idOrUid, CancellationToken cancel) =>
        (await _engine.Task.WaitAsync(cancel)).Journal.Find(idOrUid);

    /// <summary>Runs by creation, without results.</summary>
    internal async Task<IReadOnlyList<RunHead>> List(RunFilter filter, CancellationToken cancel) =>
        (await _engine.Task.WaitAsync(cancel)).Journal.List(filter);

    /// <summary>What a run's program says of itself, UTF-8 JSON; its result when it has ended.</summary>
    internal async Task<ReadOnlyMemory<byte>> Describe(RunHead run, CancellationToken cancel)
    {
        var engine = await _engine.Task.WaitAsync(cancel);
        return run.IsOpen || run.Result.IsEmpty ? engine.Describe(run) : run.Result;
    }

    /// <summary>Puts something into a run's inbox.</summary>
    internal async Task Send(RunHead run, InboxItem item, CancellationToken cancel) =>
        await (await _engine.Task.WaitAsync(cancel)).SendAsync(run, item);

    /// <summary>Payloads of signals that wait to become events of a run.</summary>
    internal async Task<IReadOnlyList<ReadOnlyMemory<byte>>> Inbox(RunHead run, CancellationToken cancel)
    {
        var journal = (await _engine.Task.WaitAsync(cancel)).Journal;
        return
        [
            .. journal.Inbox(0, int.MaxValue)
                .Where(row => row.Run == run.Row && row.Item.Kind == InboxKind.Signal).Select(row => row.Item.Payload),
        ];
    }

    /// <summary>Cancels a run in the name of a call; asked for again it is the same wish.</summary>
    internal Task Cancel(RunHead run, Call call, CancellationToken cancel)
    {
        var wish = new JsonObject { ["by"] = call.Order.RunId, ["message"] = "" };
        return Send(
            run, new InboxItem($"cancel-{call.Key}", InboxKind.Cancel, Encoding.UTF8.GetBytes(wish.ToJsonString())),
            cancel);
    }

    /// <summary>Whether it was this call that cancelled a run: it is asked for again after a crash.</summary>
    internal async Task<bool> WasCancelledBy(RunHead run, Call call, CancellationToken cancel)
    {
        var engine = await _engine.Task.WaitAsync(cancel);
        return engine.History(run).Any(record =>
            record.Event is JournalEvent.Happened { Event: RunEvent.Arrived arrived }
            && arrived.Item.Key == $"cancel-{call.Key}");
    }

    /// <summary>The argument that a run was started with.</summary>
    internal async Task<FlowValue> Argument(RunHead run, SecretVault vault, CancellationToken cancel)
    {
        var engine = await _engine.Task.WaitAsync(cancel);
        var given = run.Arguments;
        if (engine.History(run).FirstOrDefault()?.Event is JournalEvent.Happened { Event: RunEvent.Started started })
            given = started.Arguments;
        return given.IsEmpty ? FlowValue.Null : FlowJson.Decode(given.Span, vault);
    }

    /// <summary>Waits until a run has ended; returns its head.</summary>
    internal async Task<RunHead> Ended(RunHead run, CancellationToken cancel)
    {
        var engine = await _engine.Task.WaitAsync(cancel);
        // Asked for first, looked at second: an end in between completes it.
        var waiting = _awaited.GetOrAdd(
            run.Row, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var head = engine.Journal.Find(run.Row) ?? run;
        if (head.IsOpen)
            await waiting.Task.WaitAsync(cancel);
        else
            _awaited.TryRemove(run.Row, out _);
        return engine.Journal.Find(run.Row) ?? head;
    }
}
