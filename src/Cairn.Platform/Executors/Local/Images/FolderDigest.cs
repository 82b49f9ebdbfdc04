using System.Security.Cryptography;
using System.Text;

namespace Cairn.Platform.Executors.Local.Images;

/// <summary>
/// The digest of a folder's files: relative names in ordinal order, and contents. Owners and times do not count.
/// </summary>
internal static class FolderDigest
{
    /// <summary>
    /// Of programs: run bits and targets of links count. 64 hexadecimal digits; a folder that is not there is empty.
    /// </summary>
    public static string OfPrograms(string folder) => Of(folder, data: false);

    /// <summary>Of data, which loses its run bits on the way through a store. 64 hexadecimal digits.</summary>
    public static string OfData(string folder) => Of(folder, data: true);

    private static string Of(string folder, bool data)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var files = Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            : [];
        foreach (var path in files.Order(StringComparer.Ordinal))
        {
            var file = new FileInfo(path);
            var kind = data ? 'd'
                : file.LinkTarget is not null ? 'l'
                : file.UnixFileMode.HasFlag(UnixFileMode.UserExecute) ? 'x' : 'f';
            hash.AppendData(Encoding.UTF8.GetBytes($"{kind}\0{Path.GetRelativePath(folder, path)}\0"));
            hash.AppendData(kind == 'l'
                ? SHA256.HashData(Encoding.UTF8.GetBytes(file.LinkTarget!))
                : Content(file));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static byte[] Content(FileInfo file)
    {
        using var stream = file.OpenRead();
        return SHA256.HashData(stream);
    }
}
