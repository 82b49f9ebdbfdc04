using Cairn.Simulation.Seeds;

namespace Cairn.Simulation.Disk;

/// <summary>
/// The files of a folder at one moment of a <see cref="DiskLog"/>, as two different crashes would leave them. A killed
/// process loses nothing that was written. A power loss keeps what was synced and any part of what was not: writes in
/// any combination, each cut at the borders of its sectors. Names follow the order of a journaling file system: a sync
/// of any file makes all earlier creations and deletions last.
/// </summary>
internal sealed class DiskReplay
{
    private const int Sector = 512;

    private readonly SortedDictionary<string, ReplayedFile> _files = new(StringComparer.Ordinal);
    private readonly List<(string Name, ReplayedFile? Was)> _names = [];

    /// <summary>The largest commit that was acknowledged so far; 0: none.</summary>
    public long Acknowledged { get; private set; }

    /// <summary>Goes one operation further.</summary>
    public void Apply(DiskOperation operation)
    {
        switch (operation)
        {
            case DiskOperation.Created created:
                _names.Add((created.File, _files.GetValueOrDefault(created.File)));
                _files[created.File] = new ReplayedFile();
                break;
            case DiskOperation.Written or DiskOperation.Truncated:
                At(operation.File).Change(operation);
                break;
            case DiskOperation.Synced synced:
                At(synced.File).Sync();
                _names.Clear();
                break;
            case DiskOperation.Deleted deleted:
                _names.Add((deleted.File, _files.GetValueOrDefault(deleted.File)));
                _files.Remove(deleted.File);
                break;
            case DiskOperation.Seen seen:
                At(seen.File).Replace(seen.Bytes);
                break;
            case DiskOperation.Acknowledged acknowledged:
                Acknowledged = Math.Max(Acknowledged, acknowledged.Number);
                break;
        }
    }

    /// <summary>What a killed process leaves: everything written so far.</summary>
    public DiskImage AfterKill()
    {
        var image = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var (name, file) in _files) image[name] = file.Written;
        return new DiskImage(image);
    }

    /// <summary>One of the many things that a power loss may leave.</summary>
    public DiskImage AfterPowerLoss(Dice dice)
    {
        var kept = new SortedDictionary<string, ReplayedFile>(_files, StringComparer.Ordinal);

        // Names go back from the last change, so that a prefix of them has happened.
        var undone = _names.Count == 0 ? 0 : dice.Between(0, _names.Count);
        for (var i = _names.Count - 1; i >= _names.Count - undone; i--)
        {
            if (_names[i].Was is { } was) kept[_names[i].Name] = was;
            else kept.Remove(_names[i].Name);
        }

        var image = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var (name, file) in kept) image[name] = file.AfterPowerLoss(dice, Sector);
        return new DiskImage(image);
    }

    private ReplayedFile At(string name)
    {
        if (_files.TryGetValue(name, out var file)) return file;
        _names.Add((name, null));
        return _files[name] = new ReplayedFile();
    }
}
