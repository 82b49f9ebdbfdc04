using System.Collections.Concurrent;

namespace Cairn.Platform.Executors.Local.Processes;

/// <summary>
/// Says when a process is gone, whoever started it: one thread waits on the pidfds of all of them. A child of this
/// process is reaped as well. Nothing is polled.
/// </summary>
internal sealed class ProcessWatch : IDisposable
{
    private const int AddToEpoll = 1;
    private const int WakeNumber = 0;
    private const int CloseOnExec = 0x80000;

    private readonly ConcurrentDictionary<int, Action<int>> _watched = new();
    private readonly int _epoll = Libc.epoll_create1(CloseOnExec);
    private readonly int _wake = Libc.eventfd(0, CloseOnExec);
    private readonly Thread _thread;
    private int _numbers = WakeNumber;

    /// <summary>Starts the thread.</summary>
    public ProcessWatch()
    {
        Libc.epoll_ctl(_epoll, AddToEpoll, _wake, EpollEvent.Of(Libc.PollIn, WakeNumber));
        _thread = new Thread(Wait) { IsBackground = true, Name = "process ends" };
        _thread.Start();
    }

    /// <summary>
    /// Completes when the process is gone; at once when it is gone already. The identity is checked after the pidfd is
    /// held, so a reused pid counts as gone.
    /// </summary>
    public Task Exited(ProcessIdentity process)
    {
        var pidfd = (int)Libc.syscall(Libc.PidfdOpen, process.Pid, 0);
        if (pidfd < 0)
            return Task.CompletedTask;
        if (!process.IsAlive())
        {
            Libc.waitpid(process.Pid, out _, Libc.WaitNoHang);
            Libc.close(pidfd);
            return Task.CompletedTask;
        }

        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Watch(pidfd, number =>
        {
            _watched.TryRemove(number, out _);
            Libc.close(pidfd);
            Libc.waitpid(process.Pid, out _, Libc.WaitNoHang);
            gone.SetResult();
        });
        return gone.Task;
    }

    /// <summary>Calls back on the watching thread whenever there is something to read; the caller reads it
    /// there.</summary>
    public void OnReadable(int descriptor, Action read) => Watch(descriptor, _ => read());

    /// <summary>Ends the thread; processes go on. Afterwards nobody is called back, and what was read there may be
    /// closed.</summary>
    public void Dispose()
    {
        _ = Libc.write(_wake, BitConverter.GetBytes(1L), sizeof(long));
        _thread.Join();
    }

    private void Wait()
    {
        var one = default(EpollEvent);
        while (true)
        {
            if (Libc.epoll_wait(_epoll, ref one, 1, -1) != 1)
                continue;
            if (one.Number == WakeNumber)
                break;
            if (_watched.TryGetValue(one.Number, out var ready))
                ready(one.Number);
        }

        Libc.close(_epoll);
        Libc.close(_wake);
    }

    private void Watch(int descriptor, Action<int> ready)
    {
        var number = Interlocked.Increment(ref _numbers);
        _watched[number] = ready;
        if (Libc.epoll_ctl(_epoll, AddToEpoll, descriptor, EpollEvent.Of(Libc.PollIn, number)) != 0)
            throw new IOException($"cannot watch descriptor {descriptor}: {Libc.LastError()}");
    }
}
