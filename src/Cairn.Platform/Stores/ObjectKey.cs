using System.Text;

namespace Cairn.Platform.Stores;

/// <summary>
/// The names that objects may have. A key is also a relative path, so whatever could mean another place is refused.
/// </summary>
public static class ObjectKey
{
    /// <summary>Folder at a bucket's root where the store keeps its own things; no key may begin with it.</summary>
    public const string Reserved = ".cairn-store";

    /// <summary>UTF-8 bytes of a key at most, as other stores have it.</summary>
    public const int LargestKey = 1024;

    private const int LargestPart = 255;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Returns the key, or throws <see cref="StoreFault.BadName"/> and says why.</summary>
    public static string Check(string key)
    {
        var wrong = Wrong(key);
        return wrong is null ? key : throw new StoreException(StoreFault.BadName, $"object name {Show(key)} {wrong}");
    }

    /// <summary>What is wrong with a key, as the end of a sentence, or null.</summary>
    public static string? Wrong(string key)
    {
        if (key.Length == 0)
            return "is empty";
        if (key[0] == '/')
            return "is absolute: names begin without a slash";
        if (key.Contains('\0'))
            return "holds a NUL character";
        if (Bytes(key) is not { } bytes)
            return "is not valid Unicode";
        if (bytes > LargestKey)
            return $"has {bytes} bytes, at most {LargestKey} are allowed";
        foreach (var part in key.Split('/'))
        {
            if (part.Length == 0)
                return "has an empty part between slashes or at its end";
            if (part is "." or "..")
                return $"has the part \"{part}\", which means another folder";
            if (Bytes(part) > LargestPart)
                return $"has a part of {Bytes(part)} bytes between slashes, at most {LargestPart} are allowed";
        }

        return key == Reserved || key.StartsWith(Reserved + "/", StringComparison.Ordinal)
            ? $"begins with {Reserved}, which the store keeps for itself"
            : null;
    }

    /// <summary>
    /// The smallest text that is larger, in UTF-8 order, than every key with this prefix; null when there is none.
    /// </summary>
    internal static string? After(string prefix)
    {
        var runes = prefix.EnumerateRunes().ToList();
        while (runes.Count > 0)
        {
            var last = runes[^1].Value;
            runes.RemoveAt(runes.Count - 1);
            if (last == 0x10FFFF)
                continue;
            runes.Add(new Rune(last == 0xD7FF ? 0xE000 : last + 1));
            return string.Concat(runes);
        }

        return null;
    }

    /// <summary>The order of keys everywhere: by their UTF-8 bytes.</summary>
    internal static int Compare(string left, string right)
    {
        var length = Math.Min(left.Length, right.Length);
        for (var i = 0; i < length; i++)
            if (left[i] != right[i])
                return Weight(left[i]).CompareTo(Weight(right[i]));
        return left.Length.CompareTo(right.Length);
    }

    // UTF-16 sorts surrogates before U+E000..U+FFFF, UTF-8 after them.
    private static int Weight(char c) => char.IsSurrogate(c) ? c + 0x10000 : c;

    private static int? Bytes(string text)
    {
        try
        {
            return Strict.GetByteCount(text);
        }
        catch (EncoderFallbackException)
        {
            return null;
        }
    }

    private static string Show(string key) =>
        "\"" + (key.Length > 80 ? key[..80] + "…" : key).Replace("\0", "\\0", StringComparison.Ordinal) + "\"";
}
