using Cairn.Engine.Effects;
using Cairn.Graphs.Tasks;
using Cairn.Platform.Executors.Local.Containers;
using Cairn.Platform.Executors.Local.Images;
using Cairn.Platform.Executors.Local.Logs;
using Cairn.Platform.Executors.Local.Networks;
using Cairn.Platform.Executors.Local.Places;
using Cairn.Platform.Executors.Local.Sandboxes;
using Cairn.Platform.Stores;

namespace Cairn.Platform.Executors.Local.Attempts;

/// <summary>
/// One attempt at one task from its admission to its end. The same road is walked by a new task and by one found after
/// a crash: each step looks at the folder first and does only what is missing.
/// </summary>
internal sealed class TaskAttempt(TaskPlace place, Workplace workplace, TaskInbox inbox, Action<Report> report)
{
    private readonly ControlLog _log = new(place.Folder.ControlLog, workplace.Clock);
    private readonly IEnclosure _enclosure = workplace.For(place);
    private readonly LaunchStops _stops = new(place, workplace, inbox);
    private TaskPhase _phase;
    private bool _waitedForRoom;

    /// <summary>Walks the road; reports the end, exactly once, and leaves nothing running.</summary>
    /// <param name="cancel">The engine leaves: stop looking, let the task live.</param>
    public async Task Run(CancellationToken cancel)
    {
        inbox.Stop(_stops.Begun());
        var result = PlaceJson.Read(place.Folder.Done, PlaceJson.Default.TaskResult) ?? await Work(cancel);
        if (inbox.Read().Standing.Stop == StopKind.Interrupted && result.Ending == TaskEnding.Stopped)
        {
            await Clean();
            report(new Report.Ended(Ending.Interrupted, ReadOnlyMemory<byte>.Empty));
            return;
        }

        await FullDisk.Keep(place.Folder.Done, result, workplace.Clock, cancel);
        report(new Report.Ended(Ending.Known, TaskJson.Write(result)));
        if (result is { Ending: TaskEnding.Exited, ExitCode: 0, ReusedFrom: null }
            && Directory.Exists(place.Folder.Output))
            Remember();
        await Clean();
    }

    private void Remember()
    {
        try
        {
            workplace.Ended.Remember(place, CountOutput());
        }
        catch (IOException full) when (FullDisk.Is(full))
        {
            // Nobody will take its outputs instead of running; nothing else is lost.
        }
    }

    /// <summary>Kills whatever of it lives: it was handed out again, and this is the earlier one.</summary>
    public Task KillAll() => _stops.KillOlder(int.MaxValue, CancellationToken.None);

    private async Task<TaskResult> Work(CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                return await WorkOnce(cancel);
            }
            catch (Exception full) when (FullDisk.Is(full))
            {
                if (!_waitedForRoom)
                    _log.Say($"{full.Message.TrimEnd('.')}; waiting for {FullDisk.Word}");
                _waitedForRoom = true;
                report(new Report.Progressed(TaskJson.Write(new TaskProgress(_phase, FullDisk.Word))));
                // What was launched is stopped where it is watched.
                if (!await inbox.UnlessStopped(stop => FullDisk.Wait(workplace.Clock, stop), cancel)
                    && place.Folder.Launches().Count == 0)
                    return Stopped(started: null);
            }
        }
    }

    private async Task<TaskResult> WorkOnce(CancellationToken cancel)
    {
        try
        {
            return PlaceJson.Read(place.Folder.Ended, PlaceJson.Default.TaskResult) is { } ended
                ? await Deliver(ended, cancel)
                : await Deliver(await RunCommand(cancel), cancel);
        }
        catch (ImagePullException failed)
        {
            _log.Say(failed.Message);
            return Result(new CommandEnd(TaskEnding.ImagePull, 302, failed.Message), started: null);
        }
        catch (Exception failed) when (
            !FullDisk.Is(failed) && failed is TaskStartException or IOException or UnauthorizedAccessException)
        {
            _log.Say(failed.Message);
            return Result(CommandEnd.NotStarted(failed.Message), started: null);
        }
    }

    private async Task<TaskResult> RunCommand(CancellationToken cancel)
    {
        if (place.Folder.Launches().Count == 0 && await Prepare(cancel) is { } failed)
            return failed;
        while (true)
        {
            var (standing, changed) = inbox.Read();
            await _stops.KillOlder(standing.Launch ?? int.MaxValue, cancel);
            if (standing.Stop != StopKind.None
                && (standing.Launch is not { } wanted || place.Folder.Launch(wanted) is null))
                return Stopped(started: null);
            if (standing.Launch is not { } serial)
            {
                Progress(TaskPhase.Ready);
                await changed.WaitAsync(cancel);
                continue;
            }

            if (await Supervise(await Launched(serial, cancel), cancel) is { } result)
                return result;
        }
    }

    /// <summary>The result, or null when the command was killed to be started again.</summary>
    private async Task<TaskResult?> Supervise(Launch launch, CancellationToken cancel)
    {
        Progress(TaskPhase.Running);
        using var keeping = workplace.Logs.Follow(
            place.Folder, LogMask.Of(place.Order.Credentials, workplace.Credentials));
        var ended = _enclosure.Ended(place, launch);
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var checkpoints = new CheckpointLoops(place, _enclosure, workplace, _log).Run(ended, stopped.Token);
        while (!ended.IsCompleted)
        {
            var (standing, changed) = inbox.Read();
            if (standing.Stop != StopKind.None)
            {
                await stopped.CancelAsync();
                await _stops.Stop(launch, ended, cancel);
                return Stopped(launch.StartedUtc);
            }

            if (standing.Launch != launch.Serial)
            {
                _log.Say("Restarting the command");
                await stopped.CancelAsync();
                await _stops.Kill(launch, ended, cancel);
                return null;
            }

            await Task.WhenAny(ended, changed).WaitAsync(cancel);
        }

        if (_stops.Begun(launch.Serial) != StopKind.None)
        {
            await stopped.CancelAsync();
            return Stopped(launch.StartedUtc);
        }

        var end = await ended;
        await checkpoints;
        if (end.Message.Length > 0)
            _log.Say(end.Message);
        return Result(end, launch.StartedUtc);
    }

    private async Task<TaskResult?> Prepare(CancellationToken cancel)
    {
        place.Folder.Make();
        place.Remember();
        if (place.Image.Replacement is { } replacement)
            _log.Say($"Image {place.Order.Image} is replaced: {replacement}");
        if (ImageReference.DigestOf(place.Order.Image) is { } pinned
            && ImagePins.Now(place.Image) is { } now && now != pinned)
            _log.Say($"Image {place.Order.Image} has changed since the run was submitted: it is {now} now");
        if (place.Cgroup.Absence is { } absence)
            _log.Say(absence);
        if (place.Network is TaskNetwork.Member { Lacks.Length: > 0 } network)
            _log.Say($"The group's network has {network.Lacks}: its members reach each other and nobody else");
        foreach (var folder in CheckpointPlaces.Extra(place))
            Directory.CreateDirectory(folder.OnHost);
        TaskFiles.Write(place, _enclosure.Tokens(place));
        Write(place.Folder.Hosts, HostTable.Of(place));
        if (place.Order.Inputs.Count > 0)
            Progress(TaskPhase.Downloading);
        try
        {
            if (!await inbox.UnlessStopped(new TaskData(place, workplace.Transfers, _log).Download, cancel))
                return Stopped(started: null);
            return place.Order.Reuse ? await Reused(cancel) : null;
        }
        catch (StoreException failed) when (!FullDisk.Is(failed))
        {
            _log.Say(failed.Message);
            return Result(new CommandEnd(TaskEnding.DownloadFailed, 2010, failed.Message), started: null);
        }
    }

    private async Task<TaskResult?> Reused(CancellationToken cancel)
    {
        if (await workplace.Ended.Take(place, cancel) is not { } run)
            return null;
        _log.Say($"Outputs are taken from an equal task of {run}; the command does not run");
        return Result(new CommandEnd(TaskEnding.Exited, 0), started: null) with { ReusedFrom = run };
    }

    // On the way of every task: an asynchronous write would cost a thread switch.
    private static void Write(string path, string text) => File.WriteAllText(path, text);

    private async Task<Launch> Launched(int serial, CancellationToken cancel)
    {
        if (place.Folder.Launch(serial) is { } found)
            return found;
        var missing = new List<string>();
        var secrets = TaskSecrets.Of(place.Order, workplace.Credentials, missing);
        foreach (var name in missing)
            _log.Say($"Could not find the credential: {name}; the task runs without it");
        place.Cgroup.Remove();
        place.Cgroup.Make(place.Order.Resources.MemoryBytes, place.Order.Resources.Cpu, workplace.ProcessLimit);
        await _enclosure.Launch(place, serial, secrets, cancel);
        return place.Folder.Launch(serial) ?? throw new TaskStartException("the command did not start");
    }

    private async Task<TaskResult> Deliver(TaskResult result, CancellationToken cancel)
    {
        var data = new TaskData(place, workplace.Transfers, _log);
        // After a cancel or an eviction nothing is uploaded (spec/osmo.md 3.11).
        if (result.Ending is not (TaskEnding.Exited or TaskEnding.Signaled) || !data.HasOutput)
        {
            if (result.Ending == TaskEnding.Exited)
                _log.Say("No Files in Output Folder");
            return result;
        }

        await FullDisk.Keep(place.Folder.Ended, result, workplace.Clock, cancel);
        Progress(TaskPhase.Uploading);
        try
        {
            return await inbox.UnlessStopped(data.Upload, cancel) ? result : Stopped(result.Started?.UtcDateTime);
        }
        catch (StoreException failed) when (!FullDisk.Is(failed))
        {
            _log.Say(failed.Message);
            return result with { Ending = TaskEnding.UploadFailed, ExitCode = 2012, Message = failed.Message };
        }
    }

    private int CountOutput() =>
        Directory.EnumerateFiles(place.Folder.Output, "*", SearchOption.AllDirectories).Count();

    private async Task Clean()
    {
        await _enclosure.Discard(place);
        place.Cgroup.Remove();
        foreach (var folder in new[] { place.Folder.Inputs, place.Folder.Temporary, place.Folder.Files })
            TaskFolder.Discard(folder);
    }

    private void Progress(TaskPhase phase)
    {
        _phase = phase;
        report(new Report.Progressed(TaskJson.Write(new TaskProgress(phase))));
    }

    private TaskResult Stopped(DateTime? started) =>
        Result(new CommandEnd(TaskEnding.Stopped, 137, "Stopped") { EndedUtc = Now() }, started);

    private TaskResult Result(CommandEnd end, DateTime? started) => new()
    {
        Ending = end.Ending,
        ExitCode = end.ExitCode,
        Message = end.Message,
        Signal = end.Signal,
        PeakMemoryBytes = place.Cgroup.PeakMemoryBytes(),
        Started = started,
        Ended = end.EndedUtc ?? (started is null ? null : Now()),
        ReplacedImage = place.Image.Replacement,
    };

    private DateTime Now() => workplace.Clock.GetUtcNow().UtcDateTime;
}
