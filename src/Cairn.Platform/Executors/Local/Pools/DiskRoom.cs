namespace Cairn.Platform.Executors.Local.Pools;

/// <summary>
/// Whether the state folder's disk has room for more tasks. Below the floor none is started: what runs needs the rest.
/// While there is a shortage the disk is looked at once a second.
/// </summary>
internal sealed class DiskRoom(Func<DiskSpace> look, TimeProvider clock, CancellationToken leaving)
{
    private const long MostFloorBytes = 64L << 20;
    private const int FloorPart = 16;
    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(1);

    private int _watching;

    /// <summary>Called when there is room again after a shortage.</summary>
    public Action RoomAgain { get; set; } = static () => { };

    /// <summary>Why nothing can be started now, for `runs why`; null: there is room.</summary>
    public string? Shortage()
    {
        var (space, floor) = Look();
        if (space.FreeBytes >= floor)
            return null;
        if (Interlocked.Exchange(ref _watching, 1) == 0)
            _ = Watch();
        return $"the disk of the state folder has {Mebi(space.FreeBytes)} free, tasks start again at {Mebi(floor)}";
    }

    private async Task Watch()
    {
        try
        {
            do
                await Task.Delay(s_again, clock, leaving);
            while (Look() is var (space, floor) && space.FreeBytes < floor);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        Interlocked.Exchange(ref _watching, 0);
        RoomAgain();
    }

    private (DiskSpace Space, long Floor) Look()
    {
        try
        {
            var space = look();
            return (space, Math.Min(MostFloorBytes, space.TotalBytes / FloorPart));
        }
        catch (IOException)
        {
            // Nobody knows: whoever writes there will be told.
            return (default, 0);
        }
    }

    private static string Mebi(long bytes) => $"{(double)bytes / (1 << 20):0.#} MiB";
}

/// <summary>A disk.</summary>
/// <param name="FreeBytes">What this user may still write.</param>
/// <param name="TotalBytes">Its size.</param>
public readonly record struct DiskSpace(long FreeBytes, long TotalBytes)
{
    /// <summary>The disk that holds a folder.</summary>
    public static DiskSpace Of(string folder)
    {
        var disk = new DriveInfo(folder);
        return new DiskSpace(disk.AvailableFreeSpace, disk.TotalSize);
    }
}
