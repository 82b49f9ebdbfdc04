using System.Globalization;
using System.Text;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Rendering;

/// <summary>Where output goes: the result, or the buffer of a macro, a filter block or a set block.</summary>
internal sealed class TextSink
{
    private const int LongestNumber = 20;
    private readonly StringBuilder text = new();

    public void Write(string part, Fuel fuel)
    {
        fuel.Text(part.Length);
        fuel.Limit(text.Length + (long)part.Length);
        text.Append(part);
    }

    public void Write(PyValue value, Fuel fuel)
    {
        if (value is PyStr plain)
        {
            Write(plain.Value, fuel);
        }
        else if (value is PyInt number)
        {
            fuel.Limit(text.Length + LongestNumber);
            text.Append(CultureInfo.InvariantCulture, $"{number.Value}");
        }
        else
        {
            Write(value.Str(fuel), fuel);
        }
    }

    public override string ToString() => text.ToString();
}
