using System.Diagnostics;
using System.Text;

namespace Cairn.EndToEnd.Processes;

/// <summary>A running `cairn`: what it says is there line by line, and it can be signalled.</summary>
internal sealed class LiveCairn : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _out = new();
    private readonly StringBuilder _error = new();
    private readonly List<(Func<string, bool> Wanted, TaskCompletionSource<string> Found)> _awaited = [];
    private readonly Task _reading;
    private bool _ended;

    /// <summary>Starts it with exactly this environment beside the test's own; null removes a variable.</summary>
    /// <param name="folder">Where it runs.</param>
    /// <param name="environment">Variables to set or, with null, to remove.</param>
    /// <param name="arguments">Its own arguments.</param>
    /// <param name="wrapper">A program and its arguments that becomes `cairn` in the end; none by default.</param>
    public LiveCairn(
        string folder, IReadOnlyDictionary<string, string?> environment, IReadOnlyList<string> arguments,
        params IReadOnlyList<string> wrapper)
    {
        // A shell that starts tests in the background has them ignore INT, and children inherit that.
        var start = new ProcessStartInfo("env")
        {
            ArgumentList = { "--default-signal=INT,TERM" },
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])[.. wrapper, CairnBinary.Path, .. arguments])
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        _process.StandardInput.Close();
        _reading = Task.WhenAll(
            ReadAsync(_process.StandardOutput, _out), ReadAsync(_process.StandardError, _error));
    }

    /// <summary>The process.</summary>
    public int Pid => _process.Id;

    /// <summary>Everything on stderr so far.</summary>
    public string ErrorSoFar
    {
        get
        {
            lock (_awaited)
                return _error.ToString();
        }
    }

    /// <summary>Sends a signal.</summary>
    public void Signal(int signal) => Posix.Send(Pid, signal);

    /// <summary>The first line on either stream with these words, said before or after the call.</summary>
    public Task<string> SaysAsync(string words) => SaysAsync(line => line.Contains(words));

    /// <summary>The first such line on either stream; fails when the program ends without it.</summary>
    public async Task<string> SaysAsync(Func<string, bool> wanted)
    {
        var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_awaited)
        {
            var said = $"{_out}\n{_error}".Split('\n').FirstOrDefault(wanted);
            if (said is not null)
                return said;
            if (_ended)
                throw NotSaid();
            _awaited.Add((wanted, found));
        }

        return await found.Task.WaitAsync(Patience.Long);
    }

    /// <summary>Waits for the end.</summary>
    public async Task<Invocation> EndAsync()
    {
        using var limit = new CancellationTokenSource(Patience.Long);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException($"still running after {Patience.Long}\n{_out}\n{_error}", e);
        }

        await _reading;
        return new Invocation(_process.ExitCode, _out.ToString(), _error.ToString());
    }

    /// <summary>Ends it as a crash would: no handler of the program runs, its tasks live on.</summary>
    public async Task<Invocation> KillAsync()
    {
        Signal(Posix.Kill);
        return await EndAsync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private async Task ReadAsync(StreamReader reader, StringBuilder into)
    {
        while (await reader.ReadLineAsync() is { } line)
            Take(line, into);
        lock (_awaited)
        {
            // Only the end of both streams means that nothing more is said.
            if (!_ended)
            {
                _ended = true;
                return;
            }

            foreach (var (_, found) in _awaited)
                found.TrySetException(NotSaid());
        }
    }

    private void Take(string line, StringBuilder into)
    {
        lock (_awaited)
        {
            into.Append(line).Append('\n');
            foreach (var one in _awaited.Where(one => one.Wanted(line)).ToList())
            {
                _awaited.Remove(one);
                one.Found.TrySetResult(line);
            }
        }
    }

    private InvalidOperationException NotSaid() => new($"it ended without saying so\n{_out}\n{_error}");
}
