using System.Globalization;
using System.Text;

namespace Cairn.Flows.Regexes;

/// <summary>A set of code points: ranges, general categories, and whether case counts.</summary>
internal sealed class CharSet
{
    private readonly List<(int First, int Last)> _ranges = [];
    private readonly List<(int Categories, bool IsNegated)> _categories = [];

    public bool IsNegated { get; set; }

    public bool FoldsCase { get; set; }

    /// <summary>The only code point in it, or -1; lets a search skip ahead.</summary>
    public int Single => !IsNegated && !FoldsCase && _categories.Count == 0 && _ranges is [var (first, last)]
        && first == last ? first : -1;

    public static CharSet Of(int first, int last) => new CharSet().Add(first, last);

    public CharSet Add(int first, int last)
    {
        _ranges.Add((first, last));
        return this;
    }

    /// <summary>Adds ranges of ASCII, or all code points but them.</summary>
    public CharSet Add(ReadOnlySpan<(int First, int Last)> ranges, bool isNegated)
    {
        if (!isNegated)
        {
            _ranges.AddRange(ranges);
            return this;
        }

        var next = 0;
        foreach (var (first, last) in ranges)
        {
            if (first > next)
                _ranges.Add((next, first - 1));
            next = last + 1;
        }

        return Add(next, 0x10FFFF);
    }

    /// <summary>Adds general categories (bits by <see cref="UnicodeCategory"/>), or all code points but them.</summary>
    public CharSet Add(int categories, bool isNegated)
    {
        _categories.Add((categories, isNegated));
        return this;
    }

    public bool Has(int point)
    {
        var found = IsListed(point);
        if (!found && FoldsCase && Rune.TryCreate(point, out var rune))
        {
            var (lower, upper) = (Rune.ToLowerInvariant(rune).Value, Rune.ToUpperInvariant(rune).Value);
            found = (lower != point && IsListed(lower)) || (upper != point && IsListed(upper));
        }

        return found != IsNegated;
    }

    private bool IsListed(int point)
    {
        foreach (var (first, last) in _ranges)
        {
            if (point >= first && point <= last)
                return true;
        }

        foreach (var (categories, isNegated) in _categories)
        {
            if (((categories >> (int)CategoryOf(point)) & 1) != 0 != isNegated)
                return true;
        }

        return false;
    }

    private static UnicodeCategory CategoryOf(int point) =>
        Rune.TryCreate(point, out var rune) ? Rune.GetUnicodeCategory(rune) : UnicodeCategory.Surrogate;
}
