using System.Globalization;
using System.Text;
using Cairn.Graphs.Templates.Callables;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Formatting;

/// <summary>str.format and str.format_map in the sandbox: fields are read with the template's own rules.</summary>
internal sealed class StrFormat
{
    private const int NestingLimit = 2;
    private readonly Arguments arguments;
    private readonly PyValue? mapping;
    private readonly bool isSafe;
    private readonly Fuel fuel;
    private int? automatic = 0;

    private StrFormat(Arguments arguments, PyValue? mapping, bool isSafe, Fuel fuel)
    {
        this.arguments = arguments;
        this.mapping = mapping;
        this.isSafe = isSafe;
        this.fuel = fuel;
    }

    public static PyStr Call(PyStr self, string name, Arguments arguments, Run run)
    {
        PyValue? map = null;
        if (name == "format_map")
        {
            if (arguments.Named.Length > 0)
                throw PyException.Type("format_map() takes no keyword arguments");
            if (arguments.Positional.Length != 1)
            {
                throw PyException.Type(
                    $"format_map() takes exactly one argument ({arguments.Positional.Length} given)");
            }

            map = arguments.Positional[0];
            arguments = Arguments.None;
        }

        return self.Like(new StrFormat(arguments, map, self is PyMarkup, run.Fuel).Format(self.Value, NestingLimit));
    }

    private string Format(string format, int nesting)
    {
        if (nesting == 0)
            throw PyException.Value("Max string recursion exceeded");
        var text = new StringBuilder();
        for (var at = 0; at < format.Length;)
        {
            var c = format[at++];
            if (c is not ('{' or '}'))
            {
                text.Append(c);
                continue;
            }

            if (at < format.Length && format[at] == c)
            {
                text.Append(c);
                at++;
                continue;
            }

            if (c == '}')
                throw PyException.Value("Single '}' encountered in format string");
            if (at == format.Length)
                throw PyException.Value("Single '{' encountered in format string");
            text.Append(Field(FieldText(format, ref at), nesting));
            fuel.Spend();
            fuel.Limit(text.Length);
        }

        return text.ToString();
    }

    private static string FieldText(string format, ref int at)
    {
        var start = at;
        var inBrackets = false;
        for (var depth = 1; at < format.Length; at++)
        {
            if (format[at] == '[' && !inBrackets && depth == 1)
                inBrackets = true;
            else if (format[at] == ']' && inBrackets)
                inBrackets = false;
            else if (!inBrackets && format[at] == '{')
                depth++;
            else if (!inBrackets && format[at] == '}' && --depth == 0)
                return format[start..at++];
        }

        throw PyException.Value("expected '}' before end of string");
    }

    private string Field(string field, int nesting)
    {
        var end = NameEnd(field);
        var name = field[..end];
        char? conversion = null;
        if (end < field.Length && field[end] == '!')
        {
            if (end + 1 >= field.Length)
                throw PyException.Value("end of string while looking for conversion specifier");
            conversion = field[end + 1];
            end += 2;
            if (end < field.Length && field[end] != ':')
                throw PyException.Value("expected ':' after conversion specifier");
        }

        var value = Value(name);
        var spec = end < field.Length ? Format(field[(end + 1)..], nesting - 1) : "";
        value = conversion switch
        {
            null => value,
            's' => value.Str(fuel),
            'r' => value.Repr(fuel),
            'a' => PercentFormat.Ascii(value.Repr(fuel)),
            _ => throw PyException.Value($"Unknown conversion specifier {conversion}"),
        };
        if (!isSafe)
            return FormatMethod.Format(value, spec, fuel);
        if (value is PyMarkup && spec.Length > 0)
            throw PyException.Value("Unsupported format specification for Markup.");
        return value is PyMarkup
            ? value.Str(fuel)
            : PyMarkup.EscapeText(FormatMethod.Format(value, spec, fuel));
    }

    private static int NameEnd(string field)
    {
        var inBrackets = false;
        for (var i = 0; i < field.Length; i++)
        {
            if (field[i] == '[')
                inBrackets = true;
            else if (field[i] == ']')
                inBrackets = false;
            else if (!inBrackets && field[i] is '!' or ':')
                return i;
            else if (!inBrackets && field[i] == '{')
                throw PyException.Value("unexpected '{' in field name");
        }

        return field.Length;
    }

    private PyValue Value(string name)
    {
        var end = name.AsSpan().IndexOfAny('.', '[');
        var first = end < 0 ? name : name[..end];
        var value = First(first);
        for (var at = first.Length; at < name.Length;)
        {
            if (name[at] == '.')
            {
                var stop = name.AsSpan(at + 1).IndexOfAny('.', '[');
                var part = stop < 0 ? name[(at + 1)..] : name.Substring(at + 1, stop);
                if (part.Length == 0)
                    throw PyException.Value("Empty attribute in format string");
                value = Subscript.Member(value, new PyStr(part), fuel);
                at += part.Length + 1;
                continue;
            }

            if (name[at] != '[')
                throw PyException.Value("Only '.' or '[' may follow ']' in format field specifier");
            var close = name.IndexOf(']', at);
            if (close < 0)
                throw PyException.Value("Missing ']' in format string");
            var key = name[(at + 1)..close];
            if (key.Length == 0)
                throw PyException.Value("Empty attribute in format string");
            value = Subscript.Element(
                value, key.All(char.IsAsciiDigit) ? NumberText.Integer(key, 10)!.Value : new PyStr(key), fuel);
            at = close + 1;
        }

        return value;
    }

    private PyValue First(string name)
    {
        if (name.Length == 0)
        {
            if (automatic is not { } next)
            {
                throw PyException.Value(
                    "cannot switch from manual field specification to automatic field numbering");
            }

            automatic = next + 1;
            return Positional(next);
        }

        if (name.All(char.IsAsciiDigit))
        {
            if (automatic > 0)
            {
                throw PyException.Value(
                    "cannot switch from manual field specification to automatic field numbering");
            }

            automatic = null;
            return Positional(long.TryParse(name, CultureInfo.InvariantCulture, out var index) ? index : long.MaxValue);
        }

        if (mapping is not null)
        {
            return mapping.Item(name, fuel) ?? throw (mapping is PyDict
                ? new PyException(PyErrorKind.KeyError, StrRepr.Of(name))
                : PyException.Type($"'{mapping.TypeName}' object is not subscriptable"));
        }

        return arguments.Find(name) ?? throw new PyException(PyErrorKind.KeyError, StrRepr.Of(name));
    }

    private PyValue Positional(long index) => index < arguments.Positional.Length
        ? arguments.Positional[index]
        : throw new PyException(
            PyErrorKind.IndexError, "tuple index out of range");
}
