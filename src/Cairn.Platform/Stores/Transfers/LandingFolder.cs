using System.Security.Cryptography;
using Cairn.Platform.Stores.Files;
using Cairn.Platform.Stores.Foreign;

namespace Cairn.Platform.Stores.Transfers;

/// <summary>A folder that objects are brought into; each file appears whole or not at all.</summary>
internal sealed class LandingFolder(string folder, FileSharing sharing)
{
    private const int ChunkBytes = 1 << 20;

    /// <summary>Puts an object at a relative path and returns its bytes.</summary>
    internal async ValueTask<long> Take(OpenedObject opened, string relative, CancellationToken cancel)
    {
        if (ObjectKey.Wrong(relative) is { } wrong)
            throw new StoreException(StoreFault.BadName, $"object name \"{relative}\" {wrong}");
        var path = Path.Combine(folder, relative);
        var temp = Path.Combine(
            Path.GetDirectoryName(path)!, $".cairn-{RandomNumberGenerator.GetHexString(32, lowercase: true)}.part");
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            if (sharing != FileSharing.LinkReadOnly || !Linked(opened, temp))
                await Copy(opened, temp, cancel);
            File.Move(temp, path, overwrite: true);
            return new FileInfo(path).Length;
        }
        catch (Exception failure)
        {
            File.Delete(temp);
            if (IoFaults.Known(failure))
                throw IoFaults.Say($"{path} cannot be written", failure);
            throw;
        }
    }

    // The name may have moved on to a newer version since the object was opened: the link must be the opened bytes.
    private static bool Linked(OpenedObject opened, string temp)
    {
        if (opened.LocalPath is not { } source || new FileInfo(source).LinkTarget is not null
            || Posix.Link(source, temp) != 0)
            return false;
        if (opened.Stream is FileStream stream && FileVersion.Identity(stream.SafeFileHandle) is { } bytes
            && bytes == FileVersion.FileIdentity(temp))
            return true;
        File.Delete(temp);
        return false;
    }

    private static async ValueTask Copy(OpenedObject opened, string temp, CancellationToken cancel)
    {
        await using var target = new FileStream(temp, FileMode.CreateNew, FileAccess.Write, FileShare.Read, ChunkBytes);
        if (opened.Stream is FileStream source && Posix.Clone(source.SafeFileHandle, target.SafeFileHandle))
            return;
        await opened.Stream.CopyToAsync(target, ChunkBytes, cancel);
    }
}
