namespace Cairn.Platform.Triggers.Patterns;

/// <summary>
/// Names that programs give to files that they have not finished (architecture 6). Such files are not taken up, and no
/// trigger fires for them.
/// </summary>
public static class TemporaryNames
{
    private static readonly string[] s_ends = [".part", ".partial", ".tmp", ".temp", ".crdownload", ".swp", "~"];
    private static readonly string[] s_begins = [".tmp", ".~", ".#", "~$"];

    /// <summary>Why a name is a temporary one, as a sentence; null when it is none.</summary>
    public static string? Reason(string name)
    {
        var file = name[(name.LastIndexOf('/') + 1)..];
        if (s_ends.FirstOrDefault(end => file.EndsWith(end, StringComparison.Ordinal)) is { } suffix)
            return $"`{file}` ends in {suffix}, as unfinished files do";
        if (s_begins.FirstOrDefault(begin => file.StartsWith(begin, StringComparison.Ordinal)) is { } prefix)
            return $"`{file}` begins with {prefix}, as unfinished files do";
        return IsOfRsync(file) ? $"`{file}` has the form of an unfinished file of rsync" : null;
    }

    // `.NAME.XXXXXX`, six random letters and digits: words in small letters (`.scene.marker`) are left alone.
    private static bool IsOfRsync(string file) =>
        file.Length > 8 && file[0] == '.' && file[^7] == '.'
        && file.AsSpan(file.Length - 6).IndexOfAnyExcept(s_random) < 0
        && file.AsSpan(file.Length - 6).ContainsAnyExceptInRange('a', 'z');

    private static readonly System.Buffers.SearchValues<char> s_random = System.Buffers.SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");
}
