using System.Globalization;

namespace Cairn.Graphs.Yaml;

/// <summary>Values as Python's <c>str</c> writes them.</summary>
internal static class PythonText
{
    /// <summary>A scalar's text; null for what has none here (None, lists, mappings, dates, bytes).</summary>
    public static string? Of(YamlNode node) => node switch
    {
        YamlNode.Text text => text.Value,
        YamlNode.Bool flag => flag.Value ? "True" : "False",
        YamlNode.Integer number => number.Value.ToString(CultureInfo.InvariantCulture),
        YamlNode.Float number => Float(number.Value),
        _ => null,
    };

    /// <summary>A float: shortest digits that read back; an exponent below 1e-4 and from 1e16.</summary>
    public static string Float(double value)
    {
        if (!double.IsFinite(value))
            return double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        var (sign, digits, point) = Shortest(value);
        if (point is <= -4 or > 16)
        {
            var mantissa = digits.Length == 1 ? digits : $"{digits[0]}.{digits.AsSpan(1)}";
            return $"{sign}{mantissa}e{(point < 1 ? '-' : '+')}{Math.Abs(point - 1):00}";
        }

        if (point <= 0)
            return $"{sign}0.{new string('0', -point)}{digits}";
        return point >= digits.Length
            ? $"{sign}{digits.PadRight(point, '0')}.0"
            : $"{sign}{digits.AsSpan(0, point)}.{digits.AsSpan(point)}";
    }

    /// <summary>The digits, and where the point stands in them: 0.5 is "5" and 0.</summary>
    private static (string Sign, string Digits, int Point) Shortest(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture).AsSpan();
        var sign = text[0] == '-' ? "-" : "";
        text = text[sign.Length..];
        var exponentAt = text.IndexOf('E');
        var exponent = exponentAt < 0 ? 0 : int.Parse(text[(exponentAt + 1)..], NumberStyles.AllowLeadingSign);
        var mantissa = exponentAt < 0 ? text : text[..exponentAt];
        var dot = mantissa.IndexOf('.');
        var whole = dot < 0 ? mantissa.Length : dot;
        var digits = mantissa.ToString().Replace(".", "", StringComparison.Ordinal);
        var leading = digits.Length - digits.TrimStart('0').Length;
        return leading == digits.Length ? (sign, "0", 1) : (sign, digits.Trim('0'), whole + exponent - leading);
    }
}
