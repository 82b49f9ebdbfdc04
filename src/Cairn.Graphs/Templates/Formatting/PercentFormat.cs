using System.Globalization;
using System.Text;
using Cairn.Graphs.Templates.Callables;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Formatting;

/// <summary>Python's <c>format % values</c>.</summary>
internal sealed class PercentFormat
{
    private readonly string format;
    private readonly bool isSafe;
    private readonly PyValue given;
    private readonly Fuel fuel;
    private readonly StringBuilder text = new();
    private int at;
    private int used;

    private PercentFormat(PyStr format, PyValue given, Fuel fuel)
    {
        this.format = format.Value;
        this.given = given;
        this.fuel = fuel;
        isSafe = format is PyMarkup;
    }

    public static PyStr Apply(PyStr format, PyValue given, Run run)
    {
        var work = new PercentFormat(format, given, run.Fuel);
        return format.Like(work.Run());
    }

    private string Run()
    {
        while (at < format.Length)
        {
            var percent = format.IndexOf('%', at);
            if (percent < 0)
                percent = format.Length;
            fuel.Text(percent - at);
            text.Append(format, at, percent - at);
            at = percent + 1;
            if (percent < format.Length)
                Field();
            fuel.Limit(text.Length);
        }

        var isMapping = given.HasItems && given is not (PyTuple or PyStr);
        if (given is PyTuple tuple ? used < tuple.Items.Count : used == 0 && !isMapping)
            throw PyException.Type("not all arguments converted during string formatting");
        return text.ToString();
    }

    private void Field()
    {
        fuel.Spend();
        var named = Key();
        var spec = new FormatSpec { Sign = '-', Align = '>' };
        var isAlternate = false;
        for (; at < format.Length && format[at] is '-' or '+' or ' ' or '#' or '0'; at++)
        {
            spec = format[at] switch
            {
                '-' => spec with { Align = '<' },
                '+' => spec with { Sign = '+' },
                ' ' => spec.Sign == '+' ? spec : spec with { Sign = ' ' },
                '0' => spec with { Fill = "0" },
                _ => spec,
            };
            isAlternate |= format[at] == '#';
        }

        var width = Number(named, "width");
        if (width < 0)
            spec = spec with { Align = '<' };
        spec = spec with { Width = Math.Abs(width ?? 0), IsAlternate = isAlternate };
        if (at < format.Length && format[at] == '.')
        {
            at++;
            spec = spec with { Precision = Math.Max(0, Number(named, "prec") ?? 0) };
        }

        if (at < format.Length && format[at] is 'h' or 'l' or 'L')
            at++;
        if (at >= format.Length)
            throw PyException.Value("incomplete format");
        var type = format[at++];
        if (type == '%')
        {
            text.Append('%');
            return;
        }

        Convert(type, spec, named);
    }

    private PyValue? Key()
    {
        if (at >= format.Length || format[at] != '(')
            return null;
        if (given is PyTuple or PyStr || !given.HasItems)
            throw PyException.Type("format requires a mapping");
        var depth = 1;
        var start = ++at;
        for (; at < format.Length && depth > 0; at++)
            depth += format[at] == '(' ? 1 : format[at] == ')' ? -1 : 0;
        if (depth > 0)
            throw PyException.Value("incomplete format key");
        PyStr key = new(format[start..(at - 1)]);
        return given.Item(key, fuel) ?? throw (given is PyDict
            ? new PyException(PyErrorKind.KeyError, key.Repr(fuel))
            : PyException.Type("list indices must be integers or slices, not str"));
    }

    private long? Number(PyValue? named, string what)
    {
        if (at < format.Length && format[at] == '*')
        {
            at++;
            var value = Next(named);
            return value is PyInteger integer
                ? Expect.Index(integer, 0)
                : throw PyException.Type("* wants int");
        }

        var start = at;
        while (at < format.Length && char.IsAsciiDigit(format[at]))
            at++;
        if (at == start)
            return null;
        return at - start <= 9
            ? long.Parse(format.AsSpan(start, at - start), CultureInfo.InvariantCulture)
            : throw PyException.Value($"{(what == "prec" ? "precision" : what)} too big");
    }

    private PyValue Next(PyValue? named)
    {
        if (named is not null)
            return named;
        if (given is PyTuple tuple)
        {
            return used < tuple.Items.Count
                ? tuple.Items[used++]
                : throw PyException.Type("not enough arguments for format string");
        }

        return used++ == 0 ? given : throw PyException.Type("not enough arguments for format string");
    }

    private void Convert(char type, FormatSpec spec, PyValue? named)
    {
        var value = Next(named);
        if (type is not ('s' or 'r' or 'a' or 'd' or 'i' or 'u' or 'o' or 'x' or 'X' or 'e' or 'E' or 'f' or 'F' or 'g'
            or 'G' or 'c'))
        {
            throw PyException.Value(
                $"unsupported format character '{(type is >= ' ' and < '\u007f' ? type : '?')}' (0x{(int)type:x}) "
                + $"at index {CodePoints.Position(format, at - 1)}");
        }

        switch (type)
        {
            case 's' or 'r' or 'a':
                var shown = type == 's' ? value.Str(fuel) : value.Repr(fuel);
                if (isSafe && value is not PyMarkup)
                    shown = PyMarkup.EscapeText(shown);
                if (type == 'a')
                    shown = Ascii(shown);
                text.Append((spec with { Fill = " " }).Text(shown, fuel));
                break;
            case 'c':
                text.Append((spec with { Fill = " ", Precision = null }).Text(Character(value), fuel));
                break;
            case 'd' or 'i' or 'u':
                text.Append(spec.PadNumber(spec.Integer(ToInteger(value, type), 'd'), fuel));
                break;
            case 'o' or 'x' or 'X':
                if (value is not PyInteger whole)
                    throw PyException.Type($"%{type} format: an integer is required, not {value.TypeName}");
                text.Append(spec.PadNumber(spec.Integer(whole.Big, type), fuel));
                break;
            default:
                text.Append(spec.PadNumber(spec.Float(ToFloat(value), type, fuel), fuel));
                break;
        }
    }

    private static System.Numerics.BigInteger ToInteger(PyValue value, char type) => value switch
    {
        PyInteger integer => integer.Big,
        PyFloat { Value: var number } when double.IsNaN(number) =>
            throw PyException.Value("cannot convert float NaN to integer"),
        PyFloat { Value: var number } when double.IsInfinity(number) =>
            throw new PyException(PyErrorKind.OverflowError, "cannot convert float infinity to integer"),
        PyFloat number => new System.Numerics.BigInteger(number.Value),
        PyUndefined undefined => throw undefined.Error(),
        _ => throw PyException.Type($"%{type} format: a real number is required, not {value.TypeName}"),
    };

    private static double ToFloat(PyValue value) => value switch
    {
        PyFloat number => number.Value,
        PyInteger integer => integer.ToDouble(),
        PyUndefined undefined => throw undefined.Error(),
        _ => throw PyException.Type($"must be real number, not {value.TypeName}"),
    };

    private static string Character(PyValue value)
    {
        if (value is PyInteger integer)
        {
            return integer.TrySmall(out var code) && code is >= 0 and <= 0x10ffff
                ? CodePoints.Text((int)code)
                : throw new PyException(PyErrorKind.OverflowError, "%c arg not in range(0x110000)");
        }

        return value is PyStr { Count: 1 } letter ? letter.Value : throw PyException.Type("%c requires int or char");
    }

    public static string Ascii(string text)
    {
        if (text.All(char.IsAscii))
            return text;
        var ascii = new StringBuilder();
        foreach (var c in CodePoints.Of(text))
        {
            _ = c switch
            {
                < 0x80 => ascii.Append((char)c),
                <= 0xff => ascii.Append(CultureInfo.InvariantCulture, $"\\x{c:x2}"),
                <= 0xffff => ascii.Append(CultureInfo.InvariantCulture, $"\\u{c:x4}"),
                _ => ascii.Append(CultureInfo.InvariantCulture, $"\\U{c:x8}"),
            };
        }

        return ascii.ToString();
    }
}
