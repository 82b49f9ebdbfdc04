namespace Cairn.Flows.Values;

/// <summary>
/// An error of the language on its way to the nearest `except` (spec/workflows.md 4.1): evaluation throws it, the
/// interpreter catches it. It never reaches a user as an exception.
/// </summary>
public sealed class FlowError : Exception
{
    /// <summary>An error that raises this value: a text, or a map with free keys.</summary>
    public FlowError(FlowValue value)
        : base(MessageOf(value)) => Value = value;

    /// <summary>What `as` binds.</summary>
    public FlowValue Value { get; }

    /// <summary>The part of the expression that raised it; null when it came from elsewhere.</summary>
    public Expressions.SourceSpan? Span { get; private set; }

    /// <summary>A system error: the map `{message, tags}`, the message led by the tag.</summary>
    public static FlowError Of(string tag, string message) =>
        new(FlowValue.Of(FlowMap.Of(
            ("message", FlowValue.Of($"{tag}: {message}")), ("tags", FlowValue.ListOf(FlowValue.Of(tag))))));

    /// <summary>TypeError: an operation on the wrong type.</summary>
    public static FlowError Type(string message) => Of(FlowTags.Type, message);

    /// <summary>ValueError: the right type, the wrong value.</summary>
    public static FlowError OfValue(string message) => Of(FlowTags.Value, message);

    /// <summary>The same error, placed; the innermost place stays.</summary>
    internal FlowError At(Expressions.SourceSpan span)
    {
        Span ??= span;
        return this;
    }

    /// <summary>The same system error, its message marked.</summary>
    internal FlowError WithSecret(string name)
    {
        var map = Value.AsMap();
        return new FlowError(FlowValue.Of(map.With("message", map.Get("message").WithSecret(name))));
    }

    private static string MessageOf(FlowValue value)
    {
        if (value.Kind == FlowKind.Map && value.AsMap().TryGet("message", out var message))
            value = message;
        return value.Kind == FlowKind.String && value.Secret is null ? value.AsText() : value.ToString();
    }
}
