using Cairn.Cli.Terminals;

namespace Cairn.Cli.Progress;

/// <summary>
/// Says how far a transfer is when it takes longer than two seconds: on a terminal a line that is drawn again every
/// second, in a log one line every two minutes.
/// </summary>
internal sealed class TransferProgress : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Redraw = TimeSpan.FromSeconds(1);

    private readonly Lock _drawing = new();
    private readonly Terminal _terminal;
    private readonly TimeProvider _clock;
    private readonly long _began;
    private readonly ITimer _timer;
    private string _what = "";
    private long _total;
    private long _bytes;
    private bool _drawn;
    private bool _ended;

    /// <summary>Begins to count the time.</summary>
    public TransferProgress(Terminal terminal, TimeProvider clock)
    {
        _terminal = terminal;
        _clock = clock;
        _began = clock.GetTimestamp();
        var first = terminal.IsInteractive ? Patience : Heartbeat.LongestGap;
        _timer = clock.CreateTimer(
            _ => Draw(), null, first, terminal.IsInteractive ? Redraw : Heartbeat.LongestGap);
    }

    /// <summary>A file begins.</summary>
    /// <param name="what">`get clip.mp4`.</param>
    /// <param name="total">Its bytes; 0 for unknown.</param>
    public void Begin(string what, long total)
    {
        lock (_drawing)
            (_what, _total, _bytes) = (what, total, 0);
    }

    /// <summary>More bytes of it.</summary>
    public void Count(long bytes) => Interlocked.Add(ref _bytes, bytes);

    /// <summary>Copies a stream and counts.</summary>
    public async Task Copy(Stream from, Stream to, CancellationToken cancel)
    {
        var buffer = new byte[1 << 20];
        for (int read; (read = await from.ReadAsync(buffer, cancel)) > 0;)
        {
            await to.WriteAsync(buffer.AsMemory(0, read), cancel);
            Count(read);
        }
    }

    /// <summary>Wipes the line.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        lock (_drawing)
        {
            _ended = true;
            if (_drawn && _terminal.IsInteractive)
                _terminal.Error.Write("\r\e[K");
        }
    }

    private void Draw()
    {
        lock (_drawing)
        {
            if (_ended)
                return;
            _drawn = true;
            var bytes = Interlocked.Read(ref _bytes);
            var share = bytes == 0 ? Size(_total) : _total > 0 ? $"{Size(bytes)} of {Size(_total)}" : Size(bytes);
            var line = $"{_what}  {share}  {Elapsed.Text(_clock.GetElapsedTime(_began))}";
            _terminal.Error.Write(_terminal.IsInteractive ? $"\r{line}\e[K" : line + "\n");
        }
    }

    /// <summary>`512 B`, `1.5 MiB`.</summary>
    public static string Size(long bytes)
    {
        string[] units = ["B", "KiB", "MiB", "GiB", "TiB"];
        var unit = 0;
        double amount = bytes;
        for (; amount >= 1024 && unit < units.Length - 1; unit++)
            amount /= 1024;
        return unit == 0 ? $"{bytes} B" : $"{amount:0.0} {units[unit]}";
    }
}
