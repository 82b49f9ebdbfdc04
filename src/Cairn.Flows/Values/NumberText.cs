using System.Globalization;

namespace Cairn.Flows.Values;

/// <summary>Numbers as text (spec/workflows.md 2.4) and back.</summary>
internal static class NumberText
{
    /// <summary>
    /// The shortest decimal that reads back as the same double; an integral one has no fraction; an exponent from 1e21
    /// on and below 1e-6, written `1e+21`.
    /// </summary>
    public static string Of(double value)
    {
        if (double.IsNaN(value))
            return "NaN";
        if (double.IsInfinity(value))
            return value > 0 ? "Infinity" : "-Infinity";
        if (value == 0)
            return "0";
        var (digits, exponent) = Digits(Math.Abs(value));
        var sign = value < 0 ? "-" : "";
        if (exponent is > 21 or < -5)
        {
            var fraction = digits.Length > 1 ? "." + digits[1..] : "";
            return $"{sign}{digits[0]}{fraction}e{(exponent > 0 ? "+" : "-")}{Math.Abs(exponent - 1)}";
        }

        if (exponent <= 0)
            return $"{sign}0.{new string('0', -exponent)}{digits}";
        return digits.Length <= exponent
            ? $"{sign}{digits}{new string('0', exponent - digits.Length)}"
            : $"{sign}{digits[..exponent]}.{digits[exponent..]}";
    }

    /// <summary>The same, but never like an integer: `1.0`.</summary>
    public static string WithFraction(double value)
    {
        var text = Of(value);
        return text.AsSpan().IndexOfAny(".eN") < 0 && double.IsFinite(value) ? text + ".0" : text;
    }

    /// <summary>A number as JSON and expressions write it: an integer when it has no fraction and fits.</summary>
    public static FlowValue? Parse(ReadOnlySpan<char> text)
    {
        if (text.IndexOfAny(".eE") < 0
            && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer))
        {
            return FlowValue.Of(integer);
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number) ? FlowValue.Of(number) : null;
    }

    /// <summary>The significant digits, and where the point stands: 0.d1d2… times ten to the exponent.</summary>
    private static (string Digits, int Exponent) Digits(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var mark = text.IndexOf('E', StringComparison.Ordinal);
        var power = mark < 0 ? 0 : int.Parse(text.AsSpan(mark + 1), NumberStyles.AllowLeadingSign);
        var mantissa = mark < 0 ? text : text[..mark];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? mantissa.Length : point;
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        var significant = digits.TrimStart('0');
        return (significant.TrimEnd('0'), whole - (digits.Length - significant.Length) + power);
    }
}
