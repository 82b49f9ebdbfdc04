using System.Text;
using Cairn.Platform.Stores.Embedded;
using Cairn.Platform.Stores.Files;
using Cairn.Platform.Stores.Watching;
using Cairn.Platform.Tests.Triggers;

namespace Cairn.Platform.Tests.Stores;

/// <summary>An embedded bucket whose folder is watched, and what other programs do to it.</summary>
public abstract class WatchedFolder : IAsyncLifetime
{
    private readonly TestClock _clock = new();
    private StoreIndex _index = null!;
    private long _read;

    private protected TempFolder Outside { get; } = new();

    private protected TestClock Clock => _clock;

    private protected EmbeddedBucket Bucket { get; private set; } = null!;

    private protected FolderWatcher Watcher { get; private set; } = null!;

    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _index = StoreIndex.Open(Outside.At("state"), _clock);
        Bucket = await EmbeddedBucket.Open("b", Outside.At("data"), _index, PosixFiles.Instance, Cancel);
        await Watch();
    }

    public ValueTask DisposeAsync()
    {
        Watcher.Dispose();
        _index.Dispose();
        Outside.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>What the store tells since the last call: `+key` is complete, `-key` is gone.</summary>
    private protected async Task<List<string>> Events()
    {
        await Watcher.StepAsync(Cancel);
        var events = Bucket.Events(_read, 1000);
        _read = events.Count > 0 ? events[^1].Number : _read;
        return [.. events.Select(told => (told.Kind == StoreEventKind.Finalized ? "+" : "-") + told.Key)];
    }

    /// <summary>Begins to watch, as a process does that starts.</summary>
    private protected async Task Watch()
    {
        Watcher = new FolderWatcher(Bucket, _clock, _ => { });
        await Watcher.ScanAsync(Cancel);
    }

    private protected string Path(string key) => System.IO.Path.Combine(Bucket.Root, key);

    /// <summary>Writes a file as any other program does.</summary>
    private protected void Drop(string key, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path(key))!);
        File.WriteAllBytes(Path(key), Encoding.UTF8.GetBytes(text));
    }
}
