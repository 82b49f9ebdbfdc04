using System.Globalization;
using System.Text.RegularExpressions;

namespace Cairn.Graphs.Yaml;

/// <summary>YAML 1.1 timestamps, kept as the text that Python prints for them.</summary>
internal static partial class YamlMoment
{
    /// <summary>Whether a plain scalar is a timestamp.</summary>
    public static bool Matches(string text) => text.Length >= 8 && Form().IsMatch(text);

    /// <summary>Reads a timestamp; throws <see cref="YamlFault"/> for a day that no calendar has.</summary>
    public static YamlNode.Moment Read(string text, Mark mark)
    {
        var match = Parts().Match(text);
        try
        {
            var day = new DateTime(Int(match, 1), Int(match, 2), Int(match, 3), 0, 0, 0, DateTimeKind.Unspecified);
            if (!match.Groups[4].Success)
                return new YamlNode.Moment(mark, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            var (hour, minute, second) = (Int(match, 4), Int(match, 5), Int(match, 6));
            if (hour > 23 || minute > 59 || second > 59)
                throw new ArgumentOutOfRangeException(nameof(text));
            return new YamlNode.Moment(mark, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
                + $" {hour:00}:{minute:00}:{second:00}" + Fraction(match.Groups[7].Value) + Zone(match));
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new YamlFault(
                $"\"{text}\" looks like a date, but there is no such time; quote it if it is a text", mark);
        }
    }

    private static int Int(Match match, int group) =>
        int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    private static string Fraction(string digits)
    {
        var micros = digits.Length > 6 ? digits[..6] : digits.PadRight(6, '0');
        return micros.Trim('0').Length == 0 ? "" : "." + micros;
    }

    private static string Zone(Match match)
    {
        var zone = match.Groups[8];
        if (!zone.Success)
            return "";
        if (zone.Value == "Z")
            return "+00:00";
        var hours = Int(match, 10);
        var minutes = match.Groups[11].Success ? Int(match, 11) : 0;
        var total = hours * 60 + minutes;
        if (total >= 24 * 60)
            throw new ArgumentOutOfRangeException(nameof(match));
        var sign = total == 0 ? "+" : match.Groups[9].Value;
        return $"{sign}{total / 60:00}:{total % 60:00}";
    }

    [GeneratedRegex(
        @"\A(?:[0-9]{4}-[0-9][0-9]-[0-9][0-9]|[0-9]{4}-[0-9][0-9]?-[0-9][0-9]?(?:[Tt]|[ \t]+)[0-9][0-9]?"
        + @":[0-9][0-9]:[0-9][0-9](?:\.[0-9]*)?(?:[ \t]*(?:Z|[-+][0-9][0-9]?(?::[0-9][0-9])?))?)\z")]
    private static partial Regex Form();

    [GeneratedRegex(
        @"\A([0-9]{4})-([0-9][0-9]?)-([0-9][0-9]?)(?:(?:[Tt]|[ \t]+)([0-9][0-9]?):([0-9][0-9]):([0-9][0-9])"
        + @"(?:\.([0-9]*))?(?:[ \t]*(Z|([-+])([0-9][0-9]?)(?::([0-9][0-9]))?))?)?\z")]
    private static partial Regex Parts();
}
