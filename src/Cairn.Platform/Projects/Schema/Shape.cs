namespace Cairn.Platform.Projects.Schema;

/// <summary>
/// What a value in a project file may be. One table of shapes serves the check, the messages and the JSON Schema that
/// editors read. Closed.
/// </summary>
internal abstract record Shape
{
    private Shape() { }

    /// <summary>Any text; <paramref name="Pattern"/> is a regular expression, <paramref name="Meaning"/> its
    /// words.</summary>
    internal sealed record Text(string? Pattern = null, string Meaning = "a text") : Shape;

    /// <summary>A whole number from <paramref name="Least"/>, or the word `auto` where that is allowed.</summary>
    internal sealed record Whole(long Least, bool Auto = false) : Shape;

    /// <summary>A number from <paramref name="Least"/>.</summary>
    internal sealed record Number(double Least) : Shape;

    /// <summary>`true` or `false`.</summary>
    internal sealed record Flag : Shape;

    /// <summary>A duration of spec/osmo.md 1.4, with `d` for days.</summary>
    internal sealed record Duration : Shape;

    /// <summary>An amount of bytes of spec/osmo.md 1.7, or the word `auto` where that is allowed.</summary>
    internal sealed record Quantity(bool Auto = false) : Shape;

    /// <summary>One of these words.</summary>
    internal sealed record OneOf(params string[] Words) : Shape;

    /// <summary>A list.</summary>
    internal sealed record List(Shape Item) : Shape;

    /// <summary>A map with free keys.</summary>
    internal sealed record Map(Shape Value, string? KeyPattern = null, string KeyMeaning = "a text") : Shape;

    /// <summary>A map with known keys.</summary>
    internal sealed record Record(params Field[] Fields) : Shape;

    /// <summary>Any map: its meaning is checked by what uses it.</summary>
    internal sealed record Open : Shape;

    /// <summary>A value of a variable: text, number or flag, taken as text.</summary>
    internal sealed record Scalar : Shape;
}

/// <summary>A known key of a record.</summary>
/// <param name="Name">As written.</param>
/// <param name="Shape">What its value may be.</param>
/// <param name="Words">One sentence for editors and the reference page.</param>
/// <param name="Required">Whether it must be there.</param>
internal sealed record Field(string Name, Shape Shape, string Words, bool Required = false);
