namespace Cairn.Flows.Sources;

/// <summary>A broken source on its way to <see cref="SourceReader"/>, which makes it a value.</summary>
internal sealed class SourceFault(string message, SourceSpan at, string? hint = null) : Exception(message)
{
    /// <summary>Where it is broken, in the text that was parsed.</summary>
    public SourceSpan At { get; } = at;

    /// <summary>What to do, or null.</summary>
    public string? Hint { get; } = hint;
}
