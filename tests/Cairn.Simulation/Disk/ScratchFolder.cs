namespace Cairn.Simulation.Disk;

/// <summary>A folder of its own for one test, gone afterwards. In memory where the machine offers that.</summary>
internal sealed class ScratchFolder : IDisposable
{
    public ScratchFolder()
    {
        var parent = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
        Root = Path.Combine(parent, "cairn-simulation-" + Path.GetRandomFileName());
        Directory.CreateDirectory(Root);
    }

    /// <summary>Absolute.</summary>
    public string Root { get; }

    /// <summary>A folder below it, made if it is not there.</summary>
    public string Below(string name) => Directory.CreateDirectory(Path.Combine(Root, name)).FullName;

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
