namespace Cairn.Platform.Stores.Transfers;

/// <summary>How objects become files.</summary>
public enum FileSharing
{
    /// <summary>
    /// Whoever gets the files may write to them: they are clones that share blocks where the file system can, else
    /// copies. The store's bytes are safe.
    /// </summary>
    Clone,

    /// <summary>
    /// Whoever gets the files sees them through a read-only mount: hard links where possible. Only for callers that
    /// make
    /// sure of it, as writing to a link would change the store's bytes.
    /// </summary>
    LinkReadOnly,
}

/// <summary>What to upload (spec/osmo.md 4.3). Closed.</summary>
public abstract record UploadSource
{
    private UploadSource() { }

    /// <summary>A file, under its own name. Not filtered.</summary>
    public sealed record OneFile(string Path) : UploadSource;

    /// <summary>A folder `/a/b` as `b/…`; filters see `b/…` too.</summary>
    public sealed record Folder(string Path) : UploadSource;

    /// <summary>What a folder holds, `/a/b/*`, without its name: the form of task outputs.</summary>
    public sealed record Contents(string Path) : UploadSource;

    /// <summary>Reads a local argument: a literal star at the end means the contents.</summary>
    /// <exception cref="StoreException">There is no such file or folder.</exception>
    public static UploadSource Parse(string argument)
    {
        if (argument.EndsWith("/*", StringComparison.Ordinal) && Directory.Exists(argument[..^1]))
            return new Contents(argument[..^2] is { Length: > 0 } folder ? folder : "/");
        if (Directory.Exists(argument))
            return new Folder(System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(argument)));
        return File.Exists(argument)
            ? new OneFile(argument)
            : throw new StoreException(StoreFault.NotFound, $"there is no file or folder {argument}");
    }
}

/// <summary>On what terms files are uploaded.</summary>
public sealed record UploadTerms
{
    /// <summary>No terms.</summary>
    public static UploadTerms Any { get; } = new();

    /// <summary>
    /// The effect's key: repeating the upload after a crash makes no second generation of anything. Two uploads of one
    /// effect that may meet at one object (two outputs, checkpoint rounds) need different keys: append `/out0`,
    /// `/ck1.3`.
    /// </summary>
    public string? EffectKey { get; init; }

    /// <summary>Nobody will write to the files again and they will be removed: they may be linked into the
    /// store.</summary>
    public bool Final { get; init; }

    /// <summary>
    /// How the writer of the files saw folders. With it, a symbolic link is read as the writer meant it, and one that
    /// leads to none of these folders is left out: what a sandboxed task writes must not fetch files of the host.
    /// Empty:
    /// links are read as the host reads them.
    /// </summary>
    public IReadOnlyList<SeenFolder> Seen { get; init; } = [];
}

/// <summary>A folder of the host and the path at which a task saw it.</summary>
public sealed record SeenFolder(string InTask, string OnHost);

/// <summary>What a transfer did.</summary>
/// <param name="Files">How many files.</param>
/// <param name="Bytes">Their size.</param>
/// <param name="Warnings">What a person should know; a transfer that finds nothing succeeds with a warning.</param>
public sealed record TransferResult(int Files, long Bytes, IReadOnlyList<string> Warnings);
