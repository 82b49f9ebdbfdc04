using Cairn.Platform.Stores.Embedded;
using Cairn.Platform.Stores.Foreign;
using Cairn.Platform.Triggers.Patterns;

namespace Cairn.Platform.Stores.Watching;

/// <summary>
/// Takes up what other programs drop into the folder of an embedded bucket (architecture 6): a file is complete when
/// its writer has closed it or it was moved in; found by a scan, when nobody has it open for writing, or where that
/// cannot be told, when it stood still for <see cref="Settle"/>. A folder is watched first and listed then, so that
/// nothing falls between. Not safe from several threads: its owner calls <see cref="StepAsync"/> again and again.
/// </summary>
public sealed class FolderWatcher : IDisposable
{
    /// <summary>How long a file must stand still where nothing else tells that it is complete.</summary>
    public static readonly TimeSpan Settle = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan s_rescanWatched = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_rescanUnwatched = TimeSpan.FromSeconds(10);

    private readonly Dictionary<int, string> _folders = [];
    private readonly Dictionary<string, (string Version, DateTimeOffset Since)> _unsettled =
        new(StringComparer.Ordinal);

    private readonly EmbeddedBucket _bucket;
    private readonly TimeProvider _clock;
    private readonly Action<string> _say;
    private readonly Inotify? _inotify;
    private readonly Dictionary<string, string> _refused = new(StringComparer.Ordinal);
    private DateTimeOffset _scanned;
    private bool _blind;

    /// <summary>A watcher of one bucket's folder.</summary>
    /// <param name="bucket">Whose folder.</param>
    /// <param name="clock">The time.</param>
    /// <param name="say">A line for people.</param>
    public FolderWatcher(EmbeddedBucket bucket, TimeProvider clock, Action<string> say)
    {
        _bucket = bucket;
        _clock = clock;
        _say = say;
        _inotify = OperatingSystem.IsLinux() ? TryWatch() : null;
        _blind = _inotify is null;
    }

    /// <summary>Takes up what lies there now, and forgets objects whose files are gone.</summary>
    public async Task ScanAsync(CancellationToken cancel)
    {
        _scanned = _clock.GetUtcNow();
        await TakeFolder("", cancel);
        await _bucket.ForgetMissing(cancel);
    }

    /// <summary>Takes up what was told since the last call, and what has settled.</summary>
    public async Task StepAsync(CancellationToken cancel)
    {
        foreach (var notice in _inotify?.Drain() ?? [])
            await Take(notice, cancel);
        foreach (var key in _unsettled.Keys.Order(StringComparer.Ordinal).ToList())
            await TakeFound(key, cancel);
        if (_clock.GetUtcNow() - _scanned >= (_blind ? s_rescanUnwatched : s_rescanWatched))
            await ScanAsync(cancel);
    }

    /// <inheritdoc/>
    public void Dispose() => _inotify?.Dispose();

    private async Task Take(FolderNotice notice, CancellationToken cancel)
    {
        if (notice.Has(Inotify.Overflow))
        {
            _say($"{_bucket.Url}: more happened than the kernel could tell: its folder is looked through");
            await ScanAsync(cancel);
            return;
        }

        if (notice.Has(Inotify.Ignored))
        {
            _folders.Remove(notice.Watch);
            return;
        }

        if (!_folders.TryGetValue(notice.Watch, out var folder))
            return;
        var key = folder + notice.Name;
        if (notice.Has(Inotify.IsFolder))
        {
            if (notice.Has(Inotify.MovedFrom))
                ForgetBelow(key + "/");
            if (notice.Has(Inotify.Create | Inotify.MovedTo))
                await TakeFolder(key + "/", cancel);
            else
                await _bucket.ForgetMissing(cancel, key + "/");
        }
        else if (notice.Has(Inotify.CloseWrite | Inotify.MovedTo))
        {
            await TakeWritten(key, cancel);
        }
        else if (notice.Has(Inotify.Create))
        {
            // A hard link is told like this; so is a file whose writer has not closed it yet.
            await TakeFound(key, cancel);
        }
        else
        {
            _unsettled.Remove(key);
            await _bucket.ForgetMissing(cancel, key);
        }
    }

    private async Task TakeWritten(string key, CancellationToken cancel)
    {
        if (!IsWanted(key))
            return;
        // Another writer has it open still: its end will be told too.
        if (WriterCheck.Of(PathOf(key)) == Writers.Some || FileVersion.Of(PathOf(key)) is not { } version)
            return;
        _unsettled.Remove(key);
        if (!await TakeUp(key, version, written: true, cancel))
            _unsettled[key] = (version.Text, _clock.GetUtcNow());
    }

    // A file that cannot be read is named once and left alone until it changes; want of room is waited out.
    private async Task<bool> TakeUp(string key, FileVersion version, bool written, CancellationToken cancel)
    {
        try
        {
            return await _bucket.TakeUp(key, written, cancel);
        }
        catch (StoreException failure) when (failure.Fault is StoreFault.Full or StoreFault.Unreachable)
        {
            return false;
        }
        catch (StoreException failure)
        {
            _say(failure.Message);
            _refused[key] = version.Text;
            return true;
        }
    }

    private async Task TakeFound(string key, CancellationToken cancel)
    {
        if (!IsWanted(key) || FileVersion.Of(PathOf(key)) is not { } version)
        {
            _unsettled.Remove(key);
            return;
        }

        if (_bucket.Knows(key, version) || _refused.GetValueOrDefault(key) == version.Text)
        {
            _unsettled.Remove(key);
            return;
        }

        var now = _clock.GetUtcNow();
        var isComplete = WriterCheck.Of(PathOf(key)) switch
        {
            Writers.None => true,
            Writers.Some => false,
            _ => _unsettled.TryGetValue(key, out var seen) && seen.Version == version.Text
                && now - seen.Since >= Settle,
        };
        if (isComplete && await TakeUp(key, version, written: false, cancel))
            _unsettled.Remove(key);
        else if (!_unsettled.TryGetValue(key, out var before) || before.Version != version.Text)
            _unsettled[key] = (version.Text, now);
    }

    // Watched first, listed then; links are not followed.
    private async Task TakeFolder(string folder, CancellationToken cancel)
    {
        if (folder == ObjectKey.Reserved + "/"
            || new DirectoryInfo(PathOf(folder).TrimEnd('/')) is not { Exists: true, LinkTarget: null })
            return;
        Watch(folder);
        List<FileSystemInfo> entries;
        try
        {
            entries = [.. new DirectoryInfo(PathOf(folder)).EnumerateFileSystemInfos()];
        }
        catch (DirectoryNotFoundException)
        {
            // Gone again: that was told too.
            return;
        }
        catch (UnauthorizedAccessException)
        {
            _say($"{PathOf(folder)} cannot be read: what lies in it is not taken up");
            return;
        }

        foreach (var entry in entries.OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            if (entry is DirectoryInfo)
                await TakeFolder(folder + entry.Name + "/", cancel);
            else
                await TakeFound(folder + entry.Name, cancel);
        }
    }

    private void Watch(string folder)
    {
        if (_blind)
            return;
        try
        {
            if (_inotify!.Watch(PathOf(folder)) is { } watch)
                _folders[watch] = folder;
        }
        catch (IOException failure)
        {
            _blind = true;
            _say($"{failure.Message}: {Instead()} (fs.inotify.max_user_watches says how many folders can be watched)");
        }
    }

    private void ForgetBelow(string folder)
    {
        foreach (var (watch, _) in _folders.Where(
            pair => pair.Value.StartsWith(folder, StringComparison.Ordinal)).ToList())
        {
            _inotify!.Forget(watch);
            _folders.Remove(watch);
        }
    }

    private bool IsWanted(string key) =>
        !key.StartsWith(ObjectKey.Reserved + "/", StringComparison.Ordinal) && ObjectKey.Wrong(key) is null
        && TemporaryNames.Reason(key) is null && new FileInfo(PathOf(key)) is { Exists: true, LinkTarget: null }
        && FileVersion.IsRegular(PathOf(key));

    private string PathOf(string key) => Path.Combine(_bucket.Root, key);

    private Inotify? TryWatch()
    {
        try
        {
            return new Inotify();
        }
        catch (IOException failure)
        {
            _say($"{failure.Message}: {Instead()}");
            return null;
        }
    }

    private string Instead() => $"{_bucket.Url} is looked through every {s_rescanUnwatched.TotalSeconds:0} s instead";
}
