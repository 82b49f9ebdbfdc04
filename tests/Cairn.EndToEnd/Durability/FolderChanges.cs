namespace Cairn.EndToEnd.Durability;

/// <summary>Counts what happens to the files of a folder: commits, task folders, markers, logs, outputs,
/// evidence.</summary>
internal sealed class FolderChanges : IDisposable
{
    private readonly FileSystemWatcher _watcher;
    private readonly Lock _lock = new();
    private readonly List<(int At, TaskCompletionSource Reached)> _awaited = [];
    private int _count;

    public FolderChanges(string folder)
    {
        _watcher = new FileSystemWatcher(folder)
        {
            IncludeSubdirectories = true,
            InternalBufferSize = 1 << 16,
            NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite
                | NotifyFilters.Size,
        };
        _watcher.Created += (_, _) => Add();
        _watcher.Changed += (_, _) => Add();
        _watcher.Deleted += (_, _) => Add();
        _watcher.Renamed += (_, _) => Add();
        _watcher.EnableRaisingEvents = true;
    }

    /// <summary>So far.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _count;
        }
    }

    /// <summary>Completes with the change of this number, from 1.</summary>
    public Task ReachAsync(int at)
    {
        lock (_lock)
        {
            if (_count >= at)
                return Task.CompletedTask;
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _awaited.Add((at, reached));
            return reached.Task;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _watcher.Dispose();

    private void Add()
    {
        lock (_lock)
        {
            _count++;
            foreach (var one in _awaited.Where(one => one.At <= _count).ToList())
            {
                _awaited.Remove(one);
                one.Reached.SetResult();
            }
        }
    }
}
