using System.Globalization;
using Cairn.Platform.Triggers.Patterns;
using Cairn.Platform.Triggers.Schedules;

namespace Cairn.Platform.Tests.Triggers;

/// <summary>
/// Moments are written in UTC. Berlin: 2026-03-29 02:00 local does not exist until 03:00, 2026-10-25 02:00 to 03:00
/// comes twice. Chatham changes by an hour at 02:45, Lord Howe by half an hour.
/// </summary>
public sealed class TimetableTests
{
    [Theory]
    [InlineData("*/10 * * * *", "Etc/UTC", "2026-01-01T00:00:00", "00:10 00:20 00:30")]
    [InlineData("0 3 * * *", "Etc/UTC", "2026-01-01T03:00:00", "01-02T03:00 01-03T03:00")]
    [InlineData("5,35 8-10/2 * * *", "Etc/UTC", "2026-01-01T00:00:00", "08:05 08:35 10:05 10:35 01-02T08:05")]
    [InlineData("30/20 * * * *", "Etc/UTC", "2026-01-01T00:00:00", "00:30 00:50 01:30")]
    [InlineData("0 0 29 2 *", "Etc/UTC", "2026-01-01T00:00:00", "2028-02-29T00:00 2032-02-29T00:00")]
    [InlineData("0 0 31 * *", "Etc/UTC", "2026-01-31T00:00:00", "03-31T00:00 05-31T00:00")]
    [InlineData("0 0 13 * fri", "Etc/UTC", "2026-01-01T00:00:00", "01-02T00:00 01-09T00:00 01-13T00:00 01-16T00:00")]
    [InlineData("0 0 */13 * fri", "Etc/UTC", "2026-01-01T00:00:00", "02-27T00:00 03-27T00:00")]
    [InlineData("0 0 * * 7", "Etc/UTC", "2026-01-01T00:00:00", "01-04T00:00 01-11T00:00")]
    [InlineData("0 0 * * MON-WED", "Etc/UTC", "2026-01-01T00:00:00", "01-05T00:00 01-06T00:00 01-07T00:00 01-12T00:00")]
    [InlineData("@monthly", "Etc/UTC", "2026-01-01T00:00:00", "02-01T00:00 03-01T00:00")]
    [InlineData("0 9 * * *", "Asia/Kolkata", "2026-01-01T00:00:00", "03:30 01-02T03:30")]
    [InlineData("30 2 * * *", "Europe/Berlin", "2026-03-28T00:00:00", "03-28T01:30 03-29T01:00 03-30T00:30")]
    [InlineData("*/20 2 * * *", "Europe/Berlin", "2026-03-29T00:00:00", "03-29T01:00 03-30T00:00 03-30T00:20")]
    [InlineData("0 3 * * *", "Europe/Berlin", "2026-03-29T00:00:00", "03-29T01:00 03-30T01:00")]
    [InlineData("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00", "10-25T00:30 10-26T01:30")]
    [InlineData("*/30 2,3 * * *", "Europe/Berlin", "2026-10-24T22:00:00", "10-25T00:00 10-25T00:30 10-25T02:00")]
    [InlineData("50 2 * * *", "Pacific/Chatham", "2026-09-26T00:00:00", "09-26T14:00 09-27T13:05")]
    [InlineData("15 2 * * *", "Australia/Lord_Howe", "2026-10-03T00:00:00", "10-03T15:30 10-04T15:15")]
    [InlineData("0 12 30 12 *", "Pacific/Apia", "2011-12-01T00:00:00", "2011-12-30T10:00 2012-12-29T22:00")]
    public void The_next_moments_are(string cron, string zone, string after, string expected)
    {
        var table = Timetable.Parse(cron, TimeZoneInfo.FindSystemTimeZoneById(zone));
        var moment = Utc(after);

        foreach (var text in expected.Split(' '))
        {
            moment = table.Next(moment);
            Assert.Equal(text, moment.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture)[^text.Length..]);
        }
    }

    [Theory]
    [InlineData("* * * *", "has 4 fields")]
    [InlineData("60 * * * *", "minute: \"60\" is not from 0 to 59")]
    [InlineData("* 24 * * *", "hour")]
    [InlineData("* * 0 * *", "day of the month")]
    [InlineData("* * * 13 *", "month: \"13\" is not from 1 to 12 and no name")]
    [InlineData("* * * * 8", "day of the week")]
    [InlineData("5-1 * * * *", "runs backwards")]
    [InlineData("*/0 * * * *", "no step from 1")]
    [InlineData("1/2/3 * * * *", "two steps")]
    [InlineData("-1 * * * *", "minute")]
    [InlineData("0 0 30 2 *", "never comes")]
    [InlineData("@often", "has 1 fields")]
    public void A_line_that_cannot_be_read_says_which_field(string cron, string reason) =>
        Assert.Contains(
            reason, Assert.Throws<PatternException>(() => Timetable.Parse(cron, TimeZoneInfo.Utc)).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData(MissedPolicy.Once, "2026-01-01T03:00:05", "2026-01-01T03:00", 0)]
    [InlineData(MissedPolicy.Skip, "2026-01-01T03:00:05", "2026-01-01T03:00", 0)]
    [InlineData(MissedPolicy.All, "2026-01-01T03:00:05", "2026-01-01T03:00", 0)]
    [InlineData(MissedPolicy.Once, "2026-01-04T09:00:00", "2026-01-04T03:00", 3)]
    [InlineData(MissedPolicy.Skip, "2026-01-04T09:00:00", "", 4)]
    [InlineData(MissedPolicy.Skip, "2026-01-04T03:01:00", "2026-01-04T03:00", 3)]
    [InlineData(MissedPolicy.All, "2026-01-02T09:00:00", "2026-01-01T03:00 2026-01-02T03:00", 0)]
    [InlineData(MissedPolicy.Once, "2026-01-01T02:00:00", "", 0)]
    [InlineData(MissedPolicy.All, "2025-12-01T00:00:00", "", 0)]
    public void Moments_that_passed_follow_the_policy(MissedPolicy policy, string now, string fired, int skipped)
    {
        var table = Timetable.Parse("0 3 * * *", TimeZoneInfo.Utc);

        var due = MissedRuns.Look(table, Utc("2025-12-31T12:00:00"), Utc(now), policy);

        Assert.Equal(
            fired,
            string.Join(' ', due.Fire.Select(at => at.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture))));
        Assert.Equal(skipped, due.Skipped);
    }

    [Fact]
    public void Looking_again_from_the_position_fires_nothing_twice()
    {
        var table = Timetable.Parse("*/5 * * * *", TimeZoneInfo.Utc);
        var now = Utc("2026-01-01T01:00:00");
        var first = MissedRuns.Look(table, now.AddHours(-1), now, MissedPolicy.All);

        Assert.Equal(12, first.Fire.Count);
        Assert.Empty(MissedRuns.Look(table, first.Position, now.AddMinutes(4), MissedPolicy.All).Fire);
    }

    [Fact]
    public void A_clock_that_jumps_ten_years_makes_up_for_a_bounded_number()
    {
        var table = Timetable.Parse("* * * * *", TimeZoneInfo.Utc);
        var now = Utc("2036-01-01T00:00:00");

        var due = MissedRuns.Look(table, Utc("2026-01-01T00:00:00"), now, MissedPolicy.All);

        Assert.Equal(MissedRuns.MostMadeUp, due.Fire.Count);
        Assert.Equal(now, due.Position);
    }

    private static DateTimeOffset Utc(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
