using Cairn.Graphs.Templates.Callables;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Templates.Filters;

/// <summary>The <c>attribute</c> argument of many filters: <c>"a.0.b"</c>, a number, or none.</summary>
internal sealed class AttributePath
{
    private readonly PyValue[] parts;
    private readonly PyValue? fallback;

    private AttributePath(PyValue[] parts, PyValue? fallback)
    {
        this.parts = parts;
        this.fallback = fallback;
    }

    public static AttributePath Of(PyValue? attribute, PyValue? fallback = null) =>
        new(Parts(attribute), fallback is PyNone ? null : fallback);

    /// <summary>Several paths separated by commas, as sort takes them.</summary>
    public static AttributePath[] Several(PyValue? attribute) => attribute is PyStr text
        ? [.. text.Value.Split(',').Select(static part => Of(part))]
        : [Of(attribute)];

    public PyValue Of(PyValue item, Fuel fuel)
    {
        foreach (var part in parts)
        {
            fuel.Spend();
            item = Subscript.Element(item, part, fuel);
            if (fallback is not null && item is PyUndefined)
                item = fallback;
        }

        return item;
    }

    private static PyValue[] Parts(PyValue? attribute) => attribute switch
    {
        null or PyNone => [],
        PyStr text => [.. text.Value.Split('.').Select(Part)],
        _ => [attribute],
    };

    private static PyValue Part(string part) => StrText.All(part, StrText.IsDigit)
        ? PyInteger.Of(NumberText.Integer(part, 10) ?? throw PyException.Value(
            $"invalid literal for int() with base 10: {StrRepr.Of(part)}"))
        : part;
}
