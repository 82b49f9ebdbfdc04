using System.Security.Cryptography;
using System.Text;
using Cairn.Graphs.Tasks;
using Cairn.Platform.Executors.Local.Images;
using Cairn.Platform.Executors.Local.Places;

namespace Cairn.Platform.Executors.Local.Reuse;

/// <summary>
/// What a task's result depends on, as one hash: its rendered order without what only says which run it is, its image,
/// the content of its inputs.
/// </summary>
internal static class TaskDigest
{
    /// <summary>64 hexadecimal digits. Reads all inputs; they must be there.</summary>
    public static string Of(TaskPlace place)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(TaskJson.Write(place.Order with
        {
            WorkflowId = "",
            WorkflowUid = "",
            RetryId = 0,
            Reuse = false,
            KeepIntermediate = false,
            Outputs = [],
            Pool = "",
            Inputs = [.. place.Order.Inputs.Select(input => input with { Workflow = null, Url = null })],
        }));
        AppendImage(hash, place.Image);
        AppendFolder(hash, place.Folder.Inputs);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Names and contents of all files of a folder, as 64 hexadecimal digits.</summary>
    public static string OfFolder(string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        AppendFolder(hash, folder);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void AppendImage(IncrementalHash hash, ImageChoice image)
    {
        hash.AppendData(Encoding.UTF8.GetBytes(image.Replacement ?? ""));
        var entry = image switch
        {
            ImageChoice.Host host => host.Entry,
            ImageChoice.Plain plain => plain.Entry,
            _ => null,
        };
        if (entry is not null && ImageChoice.FolderOf(entry) is { } folder)
            AppendFolder(hash, folder);
    }

    private static void AppendFolder(IncrementalHash hash, string folder)
    {
        if (!Directory.Exists(folder))
            return;
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories);
        foreach (var path in files.Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"\0{Path.GetRelativePath(folder, path)}\0"));
            using var file = File.OpenRead(path);
            hash.AppendData(SHA256.HashData(file));
        }
    }
}
