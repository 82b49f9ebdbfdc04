using Cairn.Engine.Journals;
using Cairn.Engine.Shells;

namespace Cairn.Engine.Hosting;

/// <summary>
/// Drives a shell on a thread of its own. While the shell has other work a commit runs on a second thread and the two
/// overlap. When there is none, or the disk is so quick that two switches of thread cost more than they win (on a busy
/// machine each may wait for a slice of time), it runs on the shell's own.
/// </summary>
#pragma warning disable CA1001 // Reports still come in after the end and wake nobody: the semaphores must outlive it.
internal sealed class ShellThread
#pragma warning restore CA1001
{
    /// <summary>Commits that take less on average are not worth a second thread.</summary>
    private static readonly TimeSpan _quick = TimeSpan.FromMilliseconds(0.5);

    private readonly Shell _shell;
    private readonly IJournal _journal;
    private readonly TimeProvider _time;
    private readonly Action _tick;
    private readonly SemaphoreSlim _wake = new(0);
    private readonly SemaphoreSlim _toWrite = new(0);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeSpan _tickEvery;
    private readonly Thread _writer;
    private Batch? _batch;
    private CommitResult? _result;
    private long _usualTicks;
    private int _awake;
    private volatile bool _isStopping;

    /// <summary>Nothing runs before <see cref="Start"/>.</summary>
    /// <param name="shell">Not opened yet: it is opened on the thread.</param>
    /// <param name="journal">Where its batches go.</param>
    /// <param name="tick">Called now and then on the thread, to look for what other processes committed.</param>
    /// <param name="tickEvery">How often, at least while there is nothing else to do.</param>
    /// <param name="time">Measures commits.</param>
    public ShellThread(Shell shell, IJournal journal, Action tick, TimeSpan tickEvery, TimeProvider time)
    {
        (_shell, _journal, _tick, _tickEvery, _time) = (shell, journal, tick, tickEvery, time);
        _writer = new Thread(Write) { IsBackground = true, Name = "cairn journal" };
        shell.Wake = Wake;
    }

    /// <summary>Ends when both threads have ended; faulted when the engine could not go on.</summary>
    public Task Ended => _ended.Task;

    public void Start()
    {
        _writer.Start();
        new Thread(Run) { IsBackground = true, Name = "cairn engine" }.Start();
    }

    /// <summary>Snapshots all open runs, commits, and ends the thread.</summary>
    public void Stop()
    {
        _isStopping = true;
        Wake();
    }

    private void Wake()
    {
        if (Interlocked.Exchange(ref _awake, 1) == 0) _wake.Release();
    }

    private void Run()
    {
        Exception? fault = null;
        try
        {
            _shell.Open();
            while (!_isStopping) Round();
            Leave();
        }
        catch (Exception e)
        {
            // Nothing may go on after this; whoever waits on the engine must learn why.
            fault = e;
        }

        _isStopping = true;
        _toWrite.Release();
        // Whoever waits for the end closes the journal next.
        _writer.Join();
        if (fault is null) _ended.SetResult();
        else _ended.SetException(fault);
    }

    private void Round()
    {
        Volatile.Write(ref _awake, 0);
        if (Interlocked.Exchange(ref _result, null) is { } result) _shell.Committed(result);
        var turn = _shell.Turn();
        if (_shell.TakeBatch() is { } batch)
        {
            if (turn.More && Volatile.Read(ref _usualTicks) > _quick.Ticks)
            {
                _batch = batch;
                _toWrite.Release();
            }
            else
            {
                _shell.Committed(Commit(batch));
            }

            return;
        }

        if (turn.More)
        {
            // The commit under way may have been put on this core: else it would wait for the end of our slice of time.
            if (_shell.IsCommitting) Thread.Yield();
            return;
        }

        var wait = turn.Wait is { } until && until < _tickEvery ? until : _tickEvery;
        // Rounded up: a timer must not be looked at a moment too early, again and again.
        if (!_wake.Wait((int)Math.Ceiling(wait.TotalMilliseconds))) _tick();
    }

    private void Write()
    {
        while (true)
        {
            _toWrite.Wait();
            if (Interlocked.Exchange(ref _batch, null) is not { } batch) return;
            Volatile.Write(ref _result, Commit(batch));
            Wake();
        }
    }

    /// <summary>Commits, and learns how long it usually takes; on one thread at a time.</summary>
    private CommitResult Commit(Batch batch)
    {
        var start = _time.GetTimestamp();
        var result = _journal.Commit(batch);
        var took = _time.GetElapsedTime(start).Ticks;
        Volatile.Write(ref _usualTicks, _usualTicks + ((took - _usualTicks) / 8));
        return result;
    }

    /// <summary>A clean end: what has happened is committed, then one snapshot of each open run.</summary>
    private void Leave()
    {
        _shell.Turn();
        Flush();
        _shell.SnapshotAll();
        Flush();
    }

    private void Flush()
    {
        while (_shell.Trouble is null && !_shell.HasNothingToCommit)
        {
            Volatile.Write(ref _awake, 0);
            if (Interlocked.Exchange(ref _result, null) is { } result) _shell.Committed(result);
            else if (_shell.IsCommitting) _wake.Wait();
            else if (_shell.TakeBatch() is { } batch) _shell.Committed(_journal.Commit(batch));
        }
    }
}
