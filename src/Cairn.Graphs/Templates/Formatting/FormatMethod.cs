using System.Globalization;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Formatting;

/// <summary>Python's <c>format(value, spec)</c>: the mini-language of str, int and float.</summary>
internal static class FormatMethod
{
    public static string Format(PyValue value, string spec, Fuel fuel)
    {
        if (spec.Length == 0)
            return value.Str(fuel);
        if (value is not (PyStr or PyInteger or PyFloat))
            throw PyException.Type($"unsupported format string passed to {value.TypeName}.__format__");
        var (format, type) = Parse(spec, value);
        return value switch
        {
            PyStr text => Text(text, format, type, fuel),
            PyInteger integer => Integer(integer, format, type, fuel),
            _ => Float(((PyFloat)value).Value, format, type, value, fuel),
        };
    }

    private static (FormatSpec Spec, char? Type) Parse(string text, PyValue value)
    {
        var spec = new FormatSpec();
        var at = 0;
        var fill = CodePoints.Size(text, 0);
        if (text.Length > fill && text[fill] is '<' or '>' or '=' or '^')
        {
            spec = spec with { Fill = text[..fill], Align = text[fill], IsPlainAlign = true };
            at = fill + 1;
        }
        else if (text[0] is '<' or '>' or '=' or '^')
        {
            spec = spec with { Align = text[0], IsPlainAlign = true };
            at = 1;
        }

        if (at < text.Length && text[at] is '+' or '-' or ' ')
            spec = spec with { Sign = text[at++] };
        var hasSign = at > 0 && text[at - 1] is '+' or '-' or ' ' && !(spec.IsPlainAlign && at <= fill + 1);
        if (at < text.Length && text[at] == 'z')
            at++;
        if (at < text.Length && text[at] == '#')
        {
            spec = spec with { IsAlternate = true };
            at++;
        }

        if (at < text.Length && text[at] == '0' && !spec.IsPlainAlign)
        {
            spec = value is PyStr ? spec with { Fill = "0" } : spec with { Fill = "0", Align = '=' };
            at++;
        }
        else if (at < text.Length && text[at] == '0')
        {
            at++;
        }

        spec = spec with { Width = Digits(text, ref at) ?? 0 };
        if (at < text.Length && text[at] is ',' or '_')
            spec = spec with { Grouping = text[at++] };
        if (at < text.Length && text[at] == '.')
        {
            at++;
            spec = spec with
            {
                Precision = Digits(text, ref at) ?? throw PyException.Value("Format specifier missing precision"),
            };
        }

        if (text.Length - at > 1)
        {
            throw PyException.Value(
                $"Invalid format specifier '{text}' for object of type '{value.TypeName}'");
        }

        char? type = at < text.Length ? text[at] : null;
        if (hasSign && value is PyStr && (type is null or 's'))
            throw PyException.Value("Sign not allowed in string format specifier");
        return (spec, type);
    }

    private static long? Digits(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
            at++;
        if (at == start)
            return null;
        return at - start <= 9
            ? long.Parse(text.AsSpan(start, at - start), CultureInfo.InvariantCulture)
            : throw PyException.Value("Too many decimal digits in format string");
    }

    private static PyException Unknown(char type, PyValue value) => PyException.Value(
        $"Unknown format code '{type}' for object of type '{value.TypeName}'");

    private static string Text(PyStr text, FormatSpec spec, char? type, Fuel fuel)
    {
        if (spec.Grouping is { } mark)
            throw PyException.Value($"Cannot specify '{mark}' with 's'.");
        if (type is not (null or 's'))
            throw Unknown(type.Value, text);
        if (spec.IsAlternate)
            throw PyException.Value("Alternate form (#) not allowed in string format specifier");
        if (spec.Align == '=')
            throw PyException.Value("'=' alignment not allowed in string format specifier");
        return spec.Text(text.Value, fuel);
    }

    private static string Integer(PyInteger integer, FormatSpec spec, char? type, Fuel fuel)
    {
        switch (type ?? 'd')
        {
            case 'd' or 'b' or 'o' or 'x' or 'X' or 'n':
                if (spec.Precision is not null)
                    throw PyException.Value("Precision not allowed in integer format specifier");
                if (spec.Grouping == ',' && type is 'b' or 'o' or 'x' or 'X' && spec.Grouping == ',')
                    throw PyException.Value($"Cannot specify ',' with '{type}'.");
                if (integer is PyBigInt)
                    _ = integer.Repr(fuel);
                return spec.PadNumber(spec.Integer(integer.Big, type ?? 'd'), fuel);
            case 'c':
                return integer.TrySmall(out var code) && code is >= 0 and <= 0x10ffff
                    ? (spec with { Align = spec.Align ?? '>' }).Text(CodePoints.Text((int)code), fuel)
                    : throw new PyException(PyErrorKind.OverflowError, "%c arg not in range(0x110000)");
            case 'e' or 'E' or 'f' or 'F' or 'g' or 'G' or '%':
                return Float(integer.ToDouble(), spec, type, integer, fuel);
            default:
                throw Unknown(type!.Value, integer);
        }
    }

    private static string Float(double number, FormatSpec spec, char? type, PyValue value, Fuel fuel)
    {
        if (type is not (null or 'e' or 'E' or 'f' or 'F' or 'g' or 'G' or '%' or 'n'))
            throw Unknown(type.Value, value);
        if (type is null && spec.Precision is null)
        {
            var shown = FloatText.Repr(Math.Abs(number));
            var dot = shown.AsSpan().IndexOfAny('.', 'e');
            var whole = new FormatSpec { Grouping = spec.Grouping };
            var digits = double.IsFinite(number) && spec.Grouping is not null && dot > 0
                ? whole.Integer(
                    System.Numerics.BigInteger.Parse(shown[..dot], CultureInfo.InvariantCulture), 'd').Digits
                    + shown[dot..]
                : shown;
            return spec.PadNumber((spec.Float(double.CopySign(0, number), 'f', fuel).Prefix, digits), fuel);
        }

        return spec.PadNumber(spec.Float(number, type switch { null => 'r', 'n' => 'g', _ => type.Value }, fuel), fuel);
    }
}
