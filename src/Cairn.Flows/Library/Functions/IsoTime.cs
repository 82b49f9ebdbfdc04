using System.Globalization;

namespace Cairn.Flows.Library.Functions;

/// <summary>
/// RFC 3339 and the near part of ISO 8601: `2024-07-12`, `2024-07-12T12:50`, with seconds, any fraction, `Z` or an
/// offset `+02:00`, `+0200`, `+02`; without an offset the time is UTC.
/// </summary>
internal static class IsoTime
{
    /// <summary>Seconds since 1970, or null for another text.</summary>
    public static double? Parse(ReadOnlySpan<char> text)
    {
        if (!Number(ref text, 4, out var year) || !Sign(ref text, "-") || !Number(ref text, 2, out var month)
            || !Sign(ref text, "-") || !Number(ref text, 2, out var day) || year == 0 || month is 0 or > 12
            || day == 0 || day > DateTime.DaysInMonth(year, month))
        {
            return null;
        }

        var date = new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();
        if (text.IsEmpty)
            return date;
        if (!Sign(ref text, "Tt ") || !Clock(ref text, out var seconds, out var fraction)
            || !Offset(ref text, out var offset) || !text.IsEmpty)
        {
            return null;
        }

        return date + seconds - offset + fraction;
    }

    private static bool Clock(ref ReadOnlySpan<char> text, out int seconds, out double fraction)
    {
        (seconds, fraction) = (0, 0);
        if (!Number(ref text, 2, out var hour) || !Sign(ref text, ":") || !Number(ref text, 2, out var minute))
            return false;
        var second = 0;
        if (Sign(ref text, ":") && (!Number(ref text, 2, out second) || !Fraction(ref text, out fraction)))
            return false;
        seconds = (((hour * 60) + minute) * 60) + second;
        // 60 is a leap second; 24:00 is the end of a day.
        return (hour < 24 || (hour == 24 && minute == 0 && second == 0)) && minute < 60 && second <= 60;
    }

    private static bool Fraction(ref ReadOnlySpan<char> text, out double fraction)
    {
        fraction = 0;
        if (!Sign(ref text, ".,"))
            return true;
        var digits = text.IndexOfAnyExceptInRange('0', '9') is var end and >= 0 ? end : text.Length;
        if (digits == 0)
            return false;
        fraction = double.Parse($"0.{text[..digits]}", CultureInfo.InvariantCulture);
        text = text[digits..];
        return true;
    }

    private static bool Offset(ref ReadOnlySpan<char> text, out int seconds)
    {
        seconds = 0;
        if (text.IsEmpty || Sign(ref text, "Zz"))
            return true;
        var isWest = text[0] == '-';
        if (!Sign(ref text, "+-") || !Number(ref text, 2, out var hours))
            return false;
        var minutes = 0;
        if ((Sign(ref text, ":") || !text.IsEmpty) && !Number(ref text, 2, out minutes))
            return false;
        seconds = ((hours * 60) + minutes) * (isWest ? -60 : 60);
        return hours < 24 && minutes < 60;
    }

    private static bool Number(ref ReadOnlySpan<char> text, int digits, out int value)
    {
        value = 0;
        if (text.Length < digits || !int.TryParse(
                text[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out value))
        {
            return false;
        }

        text = text[digits..];
        return true;
    }

    private static bool Sign(ref ReadOnlySpan<char> text, string signs)
    {
        if (text.IsEmpty || !signs.Contains(text[0]))
            return false;
        text = text[1..];
        return true;
    }
}
