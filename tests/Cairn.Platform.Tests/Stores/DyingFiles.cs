using Cairn.Platform.Stores.Files;

namespace Cairn.Platform.Tests.Stores;

/// <summary>A process that dies at its n-th step: no step after it happens, clean-up included.</summary>
internal sealed class DyingFiles(int stepsToLive) : IStoreFiles
{
    private int _left = stepsToLive;

    /// <summary>Whether the moment came.</summary>
    public bool Died => _left <= 0;

    public FileStream Create(string path) => Step(() => PosixFiles.Instance.Create(path));

    public bool TryLink(string existing, string fresh) => Step(() => PosixFiles.Instance.TryLink(existing, fresh));

    public FileStream Reopen(string path) => Step(() => PosixFiles.Instance.Reopen(path));

    public void Sync(FileStream file) => Step(() => PosixFiles.Instance.Sync(file));

    public void MakeFolder(string path)
    {
        if (!Directory.Exists(path))
            Step(() => PosixFiles.Instance.MakeFolder(path));
    }

    public void Rename(string from, string to) => Step(() => PosixFiles.Instance.Rename(from, to));

    public void Remove(string path) => Step(() => PosixFiles.Instance.Remove(path));

    public bool RemoveFolder(string path) => Step(() => PosixFiles.Instance.RemoveFolder(path));

    public void SyncFolder(string path) => Step(() => PosixFiles.Instance.SyncFolder(path));

    private void Step(Action act) => Step(() =>
    {
        act();
        return true;
    });

    private T Step<T>(Func<T> act) => --_left > 0 ? act() : throw new ProcessDied();
}
