using Cairn.Cli.Commands.Up;
using Cairn.Cli.Terminals;
using Cairn.Cli.Tests.Commands;

namespace Cairn.Cli.Tests.Trigger;

/// <summary>`cairn up` in the background of a test.</summary>
internal sealed class Up : IAsyncDisposable
{
    private readonly CancellationTokenSource _leave = new();
    private readonly Task<int> _running;

    private Up(Desk desk)
    {
        var frame = new Frame(Terminal.Of(TextWriter.Null, Talk), desk.Clock, _ => null, desk.Folder);
        _running = UpCommand.RunAsync(frame, null, _leave.Token);
    }

    public TalkingWriter Talk { get; } = new();

    public static Up Start(Desk desk) => new(desk);

    public async ValueTask DisposeAsync()
    {
        await _leave.CancelAsync();
        Assert.Equal(0, await _running);
        _leave.Dispose();
    }
}
