using System.Globalization;
using System.Numerics;
using Cairn.Platform.Triggers.Patterns;

namespace Cairn.Platform.Triggers.Schedules;

/// <summary>One field of a cron line as a set of numbers below 64.</summary>
/// <param name="Set">Bit n: n is in the field.</param>
/// <param name="IsAny">The field begins with a star: it does not restrict (as cron has it).</param>
internal readonly record struct CronField(ulong Set, bool IsAny)
{
    private static readonly string[] s_months =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    private static readonly string[] s_days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    /// <summary>Whether a number is in it.</summary>
    internal bool Has(int number) => (Set >> number & 1) == 1;

    /// <summary>The smallest number in it from <paramref name="from"/> on; null: none.</summary>
    internal int? From(int from)
    {
        var rest = from > 63 ? 0 : Set >> from << from;
        return rest == 0 ? null : BitOperations.TrailingZeroCount(rest);
    }

    /// <summary>Reads `*`, `a`, `a-b`, `*/n`, `a-b/n`, and lists of them.</summary>
    internal static CronField Read(string text, string name, int least, int most)
    {
        var set = 0UL;
        foreach (var item in text.Split(','))
        {
            var (range, step) = item.Split('/') switch
            {
                [var whole] => (whole, 1),
                [var part, var every] => (part, Step(every, name, item)),
                _ => throw Wrong(name, item, "has two steps"),
            };
            var (from, to) = Range(range, item.Contains('/'), name, least, most);
            for (var number = from; number <= to; number += step)
                set |= 1UL << number;
        }

        return new CronField(set, text[0] == '*');
    }

    private static (int From, int To) Range(string range, bool stepped, string name, int least, int most)
    {
        if (range == "*")
            return (least, most);
        var ends = range.Split('-');
        var from = Number(ends[0], name, range, least, most);
        var to = ends.Length switch
        {
            // `5/10` means from 5 on, in steps of 10.
            1 => stepped ? most : from,
            2 => Number(ends[1], name, range, least, most),
            _ => throw Wrong(name, range, "is no range"),
        };
        return from <= to ? (from, to) : throw Wrong(name, range, "runs backwards");
    }

    private static int Number(string text, string name, string item, int least, int most)
    {
        var words = name == "month" ? s_months : name == "day of the week" ? s_days : [];
        var word = Array.FindIndex(words, known => known.Equals(text, StringComparison.OrdinalIgnoreCase));
        if (word >= 0)
            return word + least;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most
            ? number
            : throw Wrong(name, item, $"is not from {least} to {most}{(words.Length > 0 ? " and no name" : "")}");
    }

    private static int Step(string text, string name, string item) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var step) && step > 0
            ? step
            : throw Wrong(name, item, "has no step from 1");

    private static PatternException Wrong(string name, string item, string why) => new($"{name}: \"{item}\" {why}");
}
