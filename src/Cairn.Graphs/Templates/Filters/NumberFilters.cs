using System.Numerics;
using Cairn.Graphs.Templates.Formatting;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Filters;

/// <summary>abs, int, float, round, filesizeformat.</summary>
internal static class NumberFilters
{
    private static readonly string[] Decimal = ["kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"];
    private static readonly string[] Binary = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB"];

    public static void Register(Dictionary<string, Filter> table)
    {
        table["abs"] = static (_, value, arguments) =>
        {
            TextFilters.RequireOne("abs", arguments);
            return value switch
            {
                PyInteger number => PyInteger.Of(BigInteger.Abs(number.Big)),
                PyFloat number => Math.Abs(number.Value),
                _ => throw PyException.Type($"bad operand type for abs(): '{value.TypeName}'"),
            };
        };
        table["int"] = FilterTable.Python(new("do_int", 0, 1, "value", "default", "base"), static (_, a) => Int(a));
        table["float"] = FilterTable.Python(new("do_float", 0, 1, "value", "default"), static (_, a) => Float(a));
        table["round"] = FilterTable.Python(new("do_round", 0, 1, "value", "precision", "method"), Round);
        table["filesizeformat"] = FilterTable.Python(
            new("do_filesizeformat", 0, 1, "value", "binary"), FileSize);
    }

    /// <summary>Python's float(x): null where it raises ValueError or TypeError.</summary>
    private static double? ToFloat(PyValue value) => value switch
    {
        PyFloat number => number.Value,
        PyInteger number => number.ToDouble(),
        PyStr text => NumberText.Float(text.Value),
        PyUndefined undefined => throw undefined.Error(),
        _ => null,
    };

    private static PyValue Int(PyValue?[] a)
    {
        BigInteger? number = a[0] switch
        {
            PyStr text when a[2] is null => NumberText.Integer(text.Value, 10),
            PyStr text when a[2] is PyInteger radix && radix.TrySmall(out var r) && r is 0 or (>= 2 and <= 36) =>
                NumberText.Integer(text.Value, (int)r),
            PyInteger integer => integer.Big,
            PyFloat real => Truncated(real.Value),
            _ => null,
        };
        if (number is { } found)
            return found;
        return ToFloat(a[0]!) is { } value && Truncated(value) is { } truncated ? truncated : a[1] ?? 0;
    }

    private static BigInteger? Truncated(double value)
    {
        if (double.IsInfinity(value))
            throw new PyException(PyErrorKind.OverflowError, "cannot convert float infinity to integer");
        return double.IsNaN(value) ? null : new BigInteger(value);
    }

    private static PyValue Float(PyValue?[] a) => ToFloat(a[0]!) is { } value ? value : a[1] ?? 0.0;

    private static PyValue Round(Run run, PyValue?[] a)
    {
        var method = a[2] is null ? "common" : (a[2] as PyStr)?.Value;
        if (method is not ("common" or "ceil" or "floor"))
        {
            throw new PyException(
                PyErrorKind.FilterArgumentError, "method must be common, ceil or floor");
        }

        if (method == "common")
            return Rounding.Round(a[0]!, a[1] ?? 0);
        var scale = Power.Raise(10, a[1] ?? 0, run.Fuel);
        var scaled = Arithmetic.Multiply(a[0]!, scale, run.Fuel);
        PyValue whole = scaled switch
        {
            PyInteger => scaled,
            PyFloat number when double.IsNaN(number.Value) =>
                throw PyException.Value("cannot convert float NaN to integer"),
            PyFloat number when double.IsInfinity(number.Value) =>
                throw new PyException(PyErrorKind.OverflowError, "cannot convert float infinity to integer"),
            PyFloat number => new BigInteger(
                method == "ceil" ? Math.Ceiling(number.Value) : Math.Floor(number.Value)),
            _ => throw PyException.Type($"must be real number, not {scaled.TypeName}"),
        };
        return Arithmetic.Divide(whole, scale);
    }

    private static PyValue FileSize(Run run, PyValue?[] a)
    {
        var bytes = a[0] is PyStr text
            ? NumberText.Float(text.Value) ?? throw PyException.Value(
                $"could not convert string to float: {StrRepr.Of(text.Value)}")
            : ToFloat(a[0]!) ?? throw PyException.Type(
                $"float() argument must be a string or a real number, not '{a[0]!.TypeName}'");
        var isBinary = a[1]?.Truth() ?? false;
        var size = isBinary ? 1024.0 : 1000.0;
        if (bytes == 1)
            return "1 Byte";
        if (bytes < size)
            return $"{Truncated(bytes)} Bytes";
        if (double.IsNaN(bytes))
            return "nan " + (isBinary ? Binary : Decimal)[^1];
        var unit = 1.0;
        foreach (var prefix in isBinary ? Binary : Decimal)
        {
            unit = Math.Pow(size, Array.IndexOf(isBinary ? Binary : Decimal, prefix) + 2);
            if (bytes < unit)
                return $"{FloatDigits.Fixed(size * bytes / unit, 1)} {prefix}";
        }

        return $"{FloatDigits.Fixed(size * bytes / unit, 1)} {(isBinary ? Binary : Decimal)[^1]}";
    }
}
