using System.Security.Cryptography;

namespace Cairn.EndToEnd.Durability;

/// <summary>The files of a folder as comparable text: relative path and content hash. Hidden files are not part of
/// it.</summary>
internal static class FolderContent
{
    public static SortedDictionary<string, string> Of(string folder)
    {
        var content = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (!Directory.Exists(folder))
            return content;
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(folder, file);
            if (!name.Split('/').Any(part => part.StartsWith('.')))
                content[name] = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
        }

        return content;
    }
}
