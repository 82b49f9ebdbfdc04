namespace Cairn.Engine.Hosting;

/// <summary>Where an engine keeps what it must not lose: `$CAIRN_HOME`.</summary>
public sealed class StateFolder
{
    /// <summary>Makes the folder when it is not there, for its user alone; refuses network file systems.</summary>
    /// <exception cref="Journals.JournalRefusedException">The folder is on a network file system.</exception>
    public StateFolder(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        if (!Directory.Exists(Path))
            Directory.CreateDirectory(
                Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (FileSystemKind.NetworkName(Path) is { } network)
            throw new Journals.JournalRefusedException(
                $"{Path} is on {network}: locks and the write-ahead log are not safe there",
                "set CAIRN_HOME to a folder on a local disk");
    }

    /// <summary>The folder, absolute.</summary>
    public string Path { get; }

    /// <summary>The journal file; its log and its witness stand beside it.</summary>
    public string Journal => File("journal.db");

    /// <summary>Locked by the owner for as long as it lives.</summary>
    public string OwnerLock => File("owner.lock");

    /// <summary>Who the owner is, for messages: host, pid, boot id.</summary>
    public string OwnerNote => File("owner");

    /// <summary>Where the owner is woken.</summary>
    public string Socket => File("engine.sock");

    private string File(string name) => System.IO.Path.Combine(Path, name);
}
