using Cairn.Platform.Triggers.Patterns;

namespace Cairn.Platform.Triggers.Schedules;

/// <summary>
/// A line of unix cron in a time zone: minute, hour, day of the month, month, day of the week. When both days are
/// restricted, either suffices. A local time that a clock change skips fires at the next minute that exists, one that
/// comes twice fires the first time only (spec/scene-pipelines.md 8.2). Pure.
/// </summary>
public sealed class Timetable
{
    private const int LongestGapYears = 9;

    private readonly CronField _minutes;
    private readonly CronField _hours;
    private readonly CronField _days;
    private readonly CronField _months;
    private readonly CronField _weekdays;

    private Timetable(string written, TimeZoneInfo zone, string[] fields)
    {
        Written = written;
        Zone = zone;
        _minutes = CronField.Read(fields[0], "minute", 0, 59);
        _hours = CronField.Read(fields[1], "hour", 0, 23);
        _days = CronField.Read(fields[2], "day of the month", 1, 31);
        _months = CronField.Read(fields[3], "month", 1, 12);
        var weekdays = CronField.Read(fields[4], "day of the week", 0, 7);
        // 7 is Sunday too.
        _weekdays = weekdays with { Set = weekdays.Set | (weekdays.Has(7) ? 1UL : 0) };
    }

    /// <summary>As written.</summary>
    public string Written { get; }

    /// <summary>Whose clock it follows.</summary>
    public TimeZoneInfo Zone { get; }

    /// <summary>Reads a line: five fields, or `@hourly`, `@daily`, `@weekly`, `@monthly`, `@yearly`.</summary>
    /// <exception cref="PatternException">It cannot be read, or names a date that never comes.</exception>
    public static Timetable Parse(string text, TimeZoneInfo zone)
    {
        var line = text.Trim() switch
        {
            "@hourly" => "0 * * * *",
            "@daily" or "@midnight" => "0 0 * * *",
            "@weekly" => "0 0 * * 0",
            "@monthly" => "0 0 1 * *",
            "@yearly" or "@annually" => "0 0 1 1 *",
            var written => written,
        };
        var fields = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != 5)
            throw new PatternException(
                $"has {fields.Length} fields, five are expected: minute, hour, day of the month, month, weekday");
        var table = new Timetable(text, zone, fields);
        return table.NextLocal(new DateTime(2000, 1, 1)) is null
            ? throw new PatternException("names a date that never comes")
            : table;
    }

    /// <summary>The first moment after <paramref name="moment"/>, UTC.</summary>
    public DateTimeOffset Next(DateTimeOffset moment)
    {
        var local = TimeZoneInfo.ConvertTime(moment, Zone).DateTime;
        var from = local.AddTicks(-(local.Ticks % TimeSpan.TicksPerMinute));
        while (NextLocal(from) is { } planned)
        {
            if (Moment(planned) is var found && found > moment)
                return found;
            from = planned.AddMinutes(1);
        }

        return DateTimeOffset.MaxValue;
    }

    // The moment of a local time. Zones that skip whole days are asked back: they call no time of that day invalid.
    private DateTimeOffset Moment(DateTime local)
    {
        while (true)
        {
            if (!Zone.IsInvalidTime(local))
            {
                var offset = Zone.IsAmbiguousTime(local)
                    ? Zone.GetAmbiguousTimeOffsets(local).Max()
                    : Zone.GetUtcOffset(local);
                var moment = new DateTimeOffset(local, offset);
                if (TimeZoneInfo.ConvertTime(moment, Zone).DateTime == local)
                    return moment.ToUniversalTime();
            }

            local = local.AddMinutes(1);
        }
    }

    // The first local time of the table that is not before another one.
    private DateTime? NextLocal(DateTime from)
    {
        var last = from.Year + LongestGapYears > 9999 ? DateTime.MaxValue.Date : from.Date.AddYears(LongestGapYears);
        for (var day = from.Date; day < last; day = day.AddDays(1))
        {
            if (!_months.Has(day.Month) || !IsDay(day))
                continue;
            var start = day == from.Date ? from.TimeOfDay : TimeSpan.Zero;
            if (InDay(start) is { } time)
                return day + time;
        }

        return null;
    }

    private bool IsDay(DateTime day)
    {
        var (ofMonth, ofWeek) = (_days.Has(day.Day), _weekdays.Has((int)day.DayOfWeek));
        return _days.IsAny || _weekdays.IsAny ? ofMonth && ofWeek : ofMonth || ofWeek;
    }

    private TimeSpan? InDay(TimeSpan start)
    {
        if (_hours.Has(start.Hours) && _minutes.From(start.Minutes) is { } minute)
            return new TimeSpan(start.Hours, minute, 0);
        return _hours.From(start.Hours + 1) is { } hour ? new TimeSpan(hour, _minutes.From(0)!.Value, 0) : null;
    }
}
