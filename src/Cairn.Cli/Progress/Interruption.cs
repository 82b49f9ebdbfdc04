using System.Runtime.InteropServices;

namespace Cairn.Cli.Progress;

/// <summary>Ctrl-C and TERM: the first asks to park what was started here, the second to leave at once.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _park = new();
    private readonly CancellationTokenSource _leave = new();
    private readonly PosixSignalRegistration[] _registrations;

    /// <summary>Listens from now on.</summary>
    public Interruption() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, Take),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, Take),
    ];

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Park => _park.Token;

    /// <summary>Cancelled by the second.</summary>
    public CancellationToken Leave => _leave.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _park.Dispose();
        _leave.Dispose();
    }

    private void Take(PosixSignalContext signal)
    {
        signal.Cancel = true;
        if (_park.IsCancellationRequested)
            _leave.Cancel();
        else
            _park.Cancel();
    }
}
