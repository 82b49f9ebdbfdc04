using System.Globalization;

namespace Cairn.Platform.Triggers.Schedules;

/// <summary>
/// A schedule in unix cron form: minute, hour, day of month, month, day of week, each `*`, a number, a name, a range, a
/// step or a list. A day matches when either day field does, if both are restricted. A time that a change of clocks
/// leaves out counts as the moment after it; one that comes twice counts once, the first time.
/// </summary>
internal sealed class UnixCron
{
    private const int YearsAhead = 30;

    private static readonly string[] s_months =
        ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

    private static readonly string[] s_days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    private readonly bool[] _minutes;
    private readonly bool[] _hours;
    private readonly bool[] _monthDays;
    private readonly bool[] _months;
    private readonly bool[] _weekDays;
    private readonly bool _eitherDay;

    private UnixCron(string[] fields)
    {
        _minutes = Field(fields[0], 0, 59, []);
        _hours = Field(fields[1], 0, 23, []);
        _monthDays = Field(fields[2], 1, 31, []);
        _months = Field(fields[3], 1, 12, s_months);
        _weekDays = Field(fields[4], 0, 7, s_days);
        _weekDays[0] |= _weekDays[7];
        _eitherDay = !fields[2].StartsWith('*') && !fields[4].StartsWith('*');
    }

    /// <summary>Reads a schedule; throws <see cref="FormatException"/> that says what is wrong.</summary>
    public static UnixCron Parse(string text)
    {
        var fields = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return fields.Length == 5
            ? new UnixCron(fields)
            : throw new FormatException($"\"{text}\" has {fields.Length} fields, a schedule has 5");
    }

    /// <summary>The first time after a moment, or null when there is none in 30 years.</summary>
    public DateTimeOffset? After(DateTimeOffset moment, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(moment, zone).DateTime;
        for (var day = local.Date; day < local.Date.AddYears(YearsAhead); day = day.AddDays(1))
        {
            if (!IsDay(day))
                continue;
            foreach (var time in Times(day))
                if (Moment(time, zone) is var found && found > moment)
                    return found;
        }

        return null;
    }

    private bool IsDay(DateTime day)
    {
        if (!_months[day.Month])
            return false;
        var (byMonth, byWeek) = (_monthDays[day.Day], _weekDays[(int)day.DayOfWeek]);
        return _eitherDay ? byMonth || byWeek : byMonth && byWeek;
    }

    private IEnumerable<DateTime> Times(DateTime day)
    {
        for (var hour = 0; hour < 24; hour++)
            for (var minute = 0; minute < 60 && _hours[hour]; minute++)
                if (_minutes[minute])
                    yield return day.AddHours(hour).AddMinutes(minute);
    }

    private static DateTimeOffset Moment(DateTime local, TimeZoneInfo zone)
    {
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(1);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    private static bool[] Field(string text, int least, int most, string[] names)
    {
        var set = new bool[most + 1];
        foreach (var part in text.Split(','))
        {
            var slash = part.Split('/');
            var step = slash.Length switch
            {
                1 => 1,
                2 when int.TryParse(slash[1], CultureInfo.InvariantCulture, out var given) && given > 0 => given,
                _ => throw Wrong(text, least, most),
            };
            var ends = slash[0].Split('-');
            var (from, to) = slash[0] == "*" ? (least, most)
                : ends.Length == 1 ? (Number(ends[0]), slash.Length == 2 ? most : Number(ends[0]))
                : ends.Length == 2 ? (Number(ends[0]), Number(ends[1]))
                : throw Wrong(text, least, most);
            if (from > to)
                throw Wrong(text, least, most);
            for (var value = from; value <= to; value += step)
                set[value] = true;
        }

        return set;

        int Number(string word)
        {
            var named = Array.FindIndex(names, name => name.Equals(word, StringComparison.OrdinalIgnoreCase));
            if (named >= 0)
                return named + least;
            return int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number >= least && number <= most ? number : throw Wrong(text, least, most);
        }
    }

    private static FormatException Wrong(string text, int least, int most) =>
        new($"\"{text}\" is no field of a schedule: numbers from {least} to {most}, *, ranges, steps and lists");
}
