using System.Text;
using Cairn.Platform.Executors.Local.Places;
using Cairn.Platform.Stores.Files;

namespace Cairn.Platform.Executors.Local.Attempts;

/// <summary>
/// Stops the launches of one attempt. That a launch is being stopped, and how hard, is on disk before its first signal:
/// an engine that dies between the signal and the report leaves no doubt whether the command ended by itself.
/// </summary>
internal sealed class LaunchStops(TaskPlace place, Workplace workplace, TaskInbox inbox)
{
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_killAgain = TimeSpan.FromSeconds(2);

    private readonly IEnclosure _enclosure = workplace.For(place);

    /// <summary>The hardest stop that was begun, by this engine or an earlier one.</summary>
    public StopKind Begun()
    {
        var begun = StopKind.None;
        foreach (var launch in place.Folder.Launches())
            if (Begun(launch.Serial) is var kind && kind > begun)
                begun = kind;
        return begun;
    }

    /// <summary>How hard a launch was being stopped.</summary>
    public StopKind Begun(int serial) =>
        File.Exists(place.Folder.Stopping(serial))
        && Enum.TryParse<StopKind>(File.ReadAllText(place.Folder.Stopping(serial)), out var kind)
            ? kind
            : StopKind.None;

    /// <summary>
    /// TERM, 10 s, KILL; or KILL at once, when the inbox says so. Who leaves in the middle leaves at once: the next
    /// owner finds what was begun.
    /// </summary>
    public async Task Stop(Launch launch, Task ended, CancellationToken cancel)
    {
        var kind = inbox.Read().Standing.Stop;
        if (!ended.IsCompleted && kind > Begun(launch.Serial))
            Begin(launch.Serial, kind);
        var deadline = Task.Delay(s_grace, workplace.Clock, CancellationToken.None);
        if (kind != StopKind.AtOnce)
            _enclosure.Terminate(place, launch.Serial);
        while (!ended.IsCompleted && !deadline.IsCompleted)
        {
            var (standing, changed) = inbox.Read();
            if (standing.Stop == StopKind.AtOnce)
                break;
            await Task.WhenAny(ended, deadline, changed).WaitAsync(cancel);
        }

        await Kill(launch, ended, cancel);
    }

    /// <summary>Kills a launch until it is gone.</summary>
    public async Task Kill(Launch launch, Task ended, CancellationToken cancel)
    {
        while (!ended.IsCompleted)
        {
            _enclosure.Kill(place, launch.Serial);
            var again = Task.Delay(s_killAgain, workplace.Clock, CancellationToken.None);
            await Task.WhenAny(ended, again).WaitAsync(cancel);
        }
    }

    /// <summary>
    /// Kills the launches before one: they may live on when a restart was told and the engine died before it killed
    /// them.
    /// </summary>
    public async Task KillOlder(int serial, CancellationToken cancel)
    {
        foreach (var launch in place.Folder.Launches())
            if (launch.Serial < serial)
                await Kill(launch, _enclosure.Ended(place, launch), cancel);
    }

    private void Begin(int serial, StopKind kind)
    {
        try
        {
            var part = place.Folder.Stopping(serial) + ".part";
            using (var file = File.Create(part))
            {
                file.Write(Encoding.ASCII.GetBytes(kind.ToString()));
                file.Flush(flushToDisk: true);
            }

            File.Move(part, place.Folder.Stopping(serial), overwrite: true);
            PosixFiles.Instance.SyncFolder(place.Folder.Path);
        }
        catch (IOException full) when (IoFaults.IsFull(full))
        {
            // A stop must not wait for room; only an engine that dies before its report would be in doubt.
        }
    }
}
