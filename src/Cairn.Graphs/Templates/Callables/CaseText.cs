using System.Globalization;
using System.Text;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Callables;

/// <summary>Python's case mappings: full ones, where one letter may become several.</summary>
internal static class CaseText
{
    private static readonly Dictionary<int, string> LongUpper = new()
    {
        [0xdf] = "SS",
        [0x149] = "\u02bcN",
        [0x1f0] = "J\u030c",
        [0x390] = "\u0399\u0308\u0301",
        [0x3b0] = "\u03a5\u0308\u0301",
        [0x587] = "\u0535\u0552",
        [0x1e96] = "H\u0331",
        [0x1e97] = "T\u0308",
        [0x1e98] = "W\u030a",
        [0x1e99] = "Y\u030a",
        [0x1e9a] = "A\u02be",
        [0xfb00] = "FF",
        [0xfb01] = "FI",
        [0xfb02] = "FL",
        [0xfb03] = "FFI",
        [0xfb04] = "FFL",
        [0xfb05] = "ST",
        [0xfb06] = "ST",
    };

    public static string Upper(string text) =>
        Ascii.IsValid(text) ? text.ToUpperInvariant() : Map(text, static (c, _) => UpperOf(c));

    public static string Lower(string text)
    {
        if (text.AsSpan().IndexOfAny('\u0130', '\u03a3') < 0)
            return text.ToLowerInvariant();
        return Map(text, (c, at) => c == 0x3a3 ? FinalSigma(text, at) : LowerOf(c));
    }

    public static string Fold(string text) => Map(text, static (c, _) => c switch
    {
        0xdf => "ss",
        0x3c2 => "\u03c3",
        >= 0xfb00 and <= 0xfb06 => UpperOf(c).ToLowerInvariant(),
        _ => LowerOf(c),
    });

    public static string Swap(string text) => Map(text, static (c, _) => IsUpper(c) ? LowerOf(c) : UpperOf(c));

    public static string Capitalize(string text)
    {
        if (text.Length == 0)
            return text;
        var size = CodePoints.Size(text, 0);
        return TitleOf(char.IsSurrogatePair(text, 0) ? char.ConvertToUtf32(text, 0) : text[0]) + Lower(text[size..]);
    }

    public static string Title(string text)
    {
        if (Ascii.IsValid(text))
            return AsciiTitle(text);
        var inWord = false;
        return Map(text, (c, _) =>
        {
            var mapped = inWord ? LowerOf(c) : TitleOf(c);
            inWord = IsCased(c);
            return mapped;
        });
    }

    public static bool IsUpper(string text) =>
        CodePoints.Of(text).Any(IsUpper) && !CodePoints.Of(text).Any(static c => IsCased(c) && !IsUpper(c));

    public static bool IsLower(string text) =>
        CodePoints.Of(text).Any(IsLower) && !CodePoints.Of(text).Any(static c => IsCased(c) && !IsLower(c));

    public static bool IsTitle(string text)
    {
        var inWord = false;
        var found = false;
        foreach (var c in CodePoints.Of(text))
        {
            if (IsCased(c))
            {
                if (IsLower(c) != inWord)
                    return false;
                inWord = found = true;
            }
            else
            {
                inWord = false;
            }
        }

        return found;
    }

    private static string AsciiTitle(string text) => string.Create(text.Length, text, static (title, text) =>
    {
        var inWord = false;
        for (var i = 0; i < title.Length; i++)
        {
            title[i] = inWord ? char.ToLowerInvariant(text[i]) : char.ToUpperInvariant(text[i]);
            inWord = char.IsAsciiLetter(text[i]);
        }
    });

    public static string UpperOf(int codePoint) => LongUpper.TryGetValue(codePoint, out var mapped)
        ? mapped
        : CodePoints.Text(codePoint).ToUpperInvariant();

    private static string TitleOf(int codePoint)
    {
        var upper = UpperOf(codePoint);
        return upper.Length > 1 && LongUpper.ContainsKey(codePoint)
            ? upper[..1] + upper[1..].ToLowerInvariant()
            : upper;
    }

    private static string LowerOf(int codePoint) =>
        codePoint == 0x130 ? "i\u0307" : CodePoints.Text(codePoint).ToLowerInvariant();

    private static string FinalSigma(string text, int at)
    {
        var before = at > 0 && char.IsLetter(text[at - 1]);
        var after = at + 1 < text.Length && char.IsLetter(text[at + 1]);
        return before && !after ? "\u03c2" : "\u03c3";
    }

    private static bool IsUpper(int c) => CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.UppercaseLetter;

    private static bool IsLower(int c) => CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.LowercaseLetter
        || c is 0xaa or 0xba;

    private static bool IsCased(int c) =>
        IsUpper(c) || IsLower(c) || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.TitlecaseLetter;

    private static string Map(string text, Func<int, int, string> map)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            var wide = char.IsSurrogatePair(text, i);
            result.Append(map(wide ? char.ConvertToUtf32(text, i) : text[i], i));
            i += wide ? 2 : 1;
        }

        return result.ToString();
    }
}
