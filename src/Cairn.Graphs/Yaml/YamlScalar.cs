using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Cairn.Graphs.Yaml;

/// <summary>YAML 1.1 scalars as PyYAML's resolver and safe constructor read them (spec/osmo.md 1.1).</summary>
internal static partial class YamlScalar
{
    /// <summary>The value of a plain, untagged scalar.</summary>
    public static YamlNode Plain(string text, Mark mark)
    {
        if (text.Length == 0 || text is "~" or "null" or "Null" or "NULL")
            return new YamlNode.Null(mark);
        if (BoolOf(text) is { } flag)
            return new YamlNode.Bool(mark, flag);
        if (text[0] is not ('-' or '+' or '.' or (>= '0' and <= '9')))
            return new YamlNode.Text(mark, text);
        if (FloatForm().IsMatch(text))
            return new YamlNode.Float(mark, Float(text));
        if (IntegerForm().IsMatch(text))
            return new YamlNode.Integer(mark, Integer(text, mark));
        return YamlMoment.Matches(text) ? YamlMoment.Read(text, mark) : new YamlNode.Text(mark, text);
    }

    /// <summary>
    /// The value of a scalar with an explicit tag; throws <see cref="YamlFault"/> for a tag that is not known.
    /// </summary>
    public static YamlNode Tagged(string tag, string text, Mark mark)
    {
        const string core = "tag:yaml.org,2002:";
        var kind = tag.StartsWith(core, StringComparison.Ordinal) ? tag[core.Length..] : tag;
        return kind switch
        {
            "str" => new YamlNode.Text(mark, text),
            "null" => new YamlNode.Null(mark),
            "bool" when BoolOf(text.ToLowerInvariant()) is { } flag => new YamlNode.Bool(mark, flag),
            "int" when IntegerForm().IsMatch(text) => new YamlNode.Integer(mark, Integer(text, mark)),
            "float" when FloatForm().IsMatch(text) || IntegerForm().IsMatch(text) =>
                new YamlNode.Float(mark, Float(text)),
            "timestamp" when YamlMoment.Matches(text) => YamlMoment.Read(text, mark),
            "binary" => new YamlNode.Bytes(mark, Binary(text, mark)),
            "bool" or "int" or "float" or "timestamp" =>
                throw new YamlFault($"\"{text}\" cannot be read with the tag !!{kind}", mark),
            _ => throw new YamlFault($"could not determine a constructor for the tag '{tag}'", mark),
        };
    }

    private static bool? BoolOf(string text) => text switch
    {
        "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON" => true,
        "no" or "No" or "NO" or "false" or "False" or "FALSE" or "off" or "Off" or "OFF" => false,
        _ => null,
    };

    private static BigInteger Integer(string text, Mark mark)
    {
        var digits = text.Replace("_", "", StringComparison.Ordinal);
        var sign = digits[0] == '-' ? BigInteger.MinusOne : BigInteger.One;
        if (digits[0] is '-' or '+')
            digits = digits[1..];
        if (digits.Length > 2 && digits[0] == '0' && digits[1] is 'b' or 'x')
            return sign * OfBase(digits.AsSpan(2), digits[1] == 'b' ? 2 : 16);
        if (digits.Length < 2 || digits is "0b" or "0x")
            return digits is "0b" or "0x"
                ? throw new YamlFault($"\"{text}\" is no number", mark)
                : sign * (digits[0] - '0');
        if (digits[0] == '0')
            return sign * OfBase(digits.AsSpan(1), 8);
        var value = BigInteger.Zero;
        foreach (var part in digits.Split(':'))
            value = value * 60 + BigInteger.Parse(part, CultureInfo.InvariantCulture);
        return sign * value;
    }

    private static BigInteger OfBase(ReadOnlySpan<char> digits, int numberBase)
    {
        var value = BigInteger.Zero;
        foreach (var digit in digits)
            value = value * numberBase + Convert.ToInt32(digit.ToString(), 16);
        return value;
    }

    private static double Float(string text)
    {
        var digits = text.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
        var sign = digits[0] == '-' ? -1d : 1d;
        if (digits[0] is '-' or '+')
            digits = digits[1..];
        if (digits is ".inf")
            return sign * double.PositiveInfinity;
        if (digits is ".nan")
            return double.NaN;
        // Sexagesimal sums run from the last part up, as the original's do: the rounding is the same.
        var parts = digits.Split(':');
        var (value, unit) = (0d, 1d);
        for (var i = parts.Length - 1; i >= 0; i--, unit *= 60)
            value += double.Parse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture) * unit;
        return sign * value;
    }

    private static byte[] Binary(string text, Mark mark)
    {
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException)
        {
            throw new YamlFault("failed to decode base64 data", mark);
        }
    }

    [GeneratedRegex(
        @"\A(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?"
        + @"|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))\z")]
    private static partial Regex FloatForm();

    [GeneratedRegex(
        @"\A(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+"
        + @"|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)\z")]
    private static partial Regex IntegerForm();
}
