using System.Globalization;
using System.Text.Json.Nodes;
using Cairn.Engine.Secrets;
using Cairn.Flows.Values;

namespace Cairn.Platform.Connectors.Calls;

/// <summary>
/// The arguments of a call. A null one counts as not given (spec/workflows.md 6.4). What is of the wrong type or value
/// is a <see cref="CallFault"/> that names it.
/// </summary>
/// <param name="map">Arguments by name.</param>
/// <param name="lenient">Whether the flow runs under the tolerant rules (9.1): bytes then count as text.</param>
internal sealed class CallArguments(FlowMap map, bool lenient)
{
    /// <summary>Whether the flow runs under the tolerant rules.</summary>
    public bool Lenient { get; } = lenient;

    /// <summary>All of them.</summary>
    public FlowMap All { get; } = map;

    /// <summary>The value of an argument, or null when it is not given.</summary>
    public FlowValue? Raw(string name) => All.TryGet(name, out var value) && !value.IsNull ? value : null;

    /// <summary>A text, or null when it is not given; whole numbers are written out.</summary>
    public string? Text(string name) => Raw(name) is { } value ? TextOf(value, name) : null;

    /// <summary>A text that must be given and not be empty.</summary>
    public string Required(string name) => Text(name) switch
    {
        null => throw CallFault.Type($"argument {name} is missing"),
        "" => throw CallFault.Value($"argument {name} is empty"),
        var text => text,
    };

    /// <summary>A whole number, given as such or as decimal digits; null when it is not given.</summary>
    public long? Whole(string name)
    {
        if (Raw(name) is not { } value)
            return null;
        if (value.Kind == FlowKind.Integer)
            return value.AsInteger();
        if (value.Kind is not (FlowKind.String or FlowKind.Bytes))
            throw Wrong(name, "a whole number", value);
        return long.TryParse(
            TextOf(value, name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw CallFault.Value($"argument {name} should be a whole number, not {value}");
    }

    /// <summary>True or false; null when it is not given.</summary>
    public bool? Flag(string name) => Raw(name) is not { } value ? null
        : value.Kind == FlowKind.Boolean ? value.AsBoolean()
        : throw Wrong(name, "true or false", value);

    /// <summary>A map as plain JSON; an empty one when it is not given.</summary>
    public JsonObject Body(string name = "body") => Raw(name) is not { } value
        ? []
        : CodedJson.Plain(value, Lenient) as JsonObject ?? throw Wrong(name, "a map", value);

    /// <summary>The wrong type was given.</summary>
    public static CallFault Wrong(string name, string wanted, FlowValue came) =>
        CallFault.Type($"argument {name} should be {wanted}, not {Describe(came)}");

    /// <summary>What a value is, in words.</summary>
    public static string Describe(FlowValue value) => value.Kind switch
    {
        FlowKind.Null => "null",
        FlowKind.Bytes => "bytes",
        FlowKind.Integer => "an integer",
        var other => $"a {other.ToString().ToLowerInvariant()}",
    };

    private string TextOf(FlowValue value, string name) => value.Kind switch
    {
        FlowKind.String => value.AsText(),
        FlowKind.Integer => value.AsInteger().ToString(CultureInfo.InvariantCulture),
        FlowKind.Bytes when Lenient => BytesText.Of(value.AsBytes().Span),
        _ => throw Wrong(name, "a string", value),
    };

    /// <summary>Reads `{"call": NAME, "args": {…}, "lenient": BOOL}`.</summary>
    public static (string Call, CallArguments Arguments) Read(ReadOnlyMemory<byte> request, SecretVault vault)
    {
        var root = FlowJson.Decode(request.Span, vault).AsMap();
        var lenient = root.TryGet("lenient", out var flag) && flag.AsBoolean();
        var arguments = root.TryGet("args", out var map) && !map.IsNull ? map.AsMap() : FlowMap.Empty;
        return (root.Get("call").AsText(), new CallArguments(arguments, lenient));
    }
}
