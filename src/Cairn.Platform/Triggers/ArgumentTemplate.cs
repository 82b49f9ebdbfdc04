using System.Diagnostics;
using System.Text.Json;

namespace Cairn.Platform.Triggers;

/// <summary>A map of arguments whose texts may hold values of an event. The shape is fixed, texts stay texts.</summary>
/// <param name="Members">By name, in the order of the file.</param>
public sealed record ArgumentTemplate(IReadOnlyList<KeyValuePair<string, ArgumentValue>> Members)
{
    /// <summary>The names that its texts need.</summary>
    public IEnumerable<string> Names => Members.SelectMany(member => member.Value.Names);

    /// <summary>Writes the members into an object that has begun.</summary>
    public void WriteMembers(Utf8JsonWriter json, IReadOnlyDictionary<string, string> values)
    {
        foreach (var (name, value) in Members)
        {
            json.WritePropertyName(name);
            value.Write(json, values);
        }
    }
}

/// <summary>A value in such a map. Closed.</summary>
public abstract record ArgumentValue
{
    private ArgumentValue() { }

    /// <summary>The names that its texts need.</summary>
    public IEnumerable<string> Names => this switch
    {
        Text text => text.Template.Names,
        List list => list.Items.SelectMany(item => item.Names),
        Map map => map.Template.Names,
        _ => [],
    };

    /// <summary>A text.</summary>
    public sealed record Text(TextTemplate Template) : ArgumentValue;

    /// <summary>A whole number.</summary>
    public sealed record Whole(long Value) : ArgumentValue;

    /// <summary>A number with a fraction.</summary>
    public sealed record Number(double Value) : ArgumentValue;

    /// <summary>true or false.</summary>
    public sealed record Flag(bool Value) : ArgumentValue;

    /// <summary>null.</summary>
    public sealed record Nothing : ArgumentValue;

    /// <summary>A list.</summary>
    public sealed record List(IReadOnlyList<ArgumentValue> Items) : ArgumentValue;

    /// <summary>A map.</summary>
    public sealed record Map(ArgumentTemplate Template) : ArgumentValue;

    /// <summary>Writes it with its values.</summary>
    public void Write(Utf8JsonWriter json, IReadOnlyDictionary<string, string> values)
    {
        switch (this)
        {
            case Text text:
                json.WriteStringValue(text.Template.Render(values));
                break;
            case Whole whole:
                json.WriteNumberValue(whole.Value);
                break;
            case Number number:
                json.WriteNumberValue(number.Value);
                break;
            case Flag flag:
                json.WriteBooleanValue(flag.Value);
                break;
            case Nothing:
                json.WriteNullValue();
                break;
            case List list:
                json.WriteStartArray();
                foreach (var item in list.Items)
                    item.Write(json, values);
                json.WriteEndArray();
                break;
            case Map map:
                json.WriteStartObject();
                map.Template.WriteMembers(json, values);
                json.WriteEndObject();
                break;
            default:
                throw new UnreachableException();
        }
    }
}
