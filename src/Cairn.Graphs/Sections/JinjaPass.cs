namespace Cairn.Graphs.Sections;

/// <summary>What a rendering made: a text, or a fault with its line in the template.</summary>
internal sealed record JinjaResult(string? Text, string? Fault, int? Line, string? Undefined = null);

/// <summary>The one place where a graph's text meets the template engine.</summary>
internal static class JinjaPass
{
    /// <summary>Renders a text; tokens stay as they are.</summary>
    public static JinjaResult Render(string text, TemplateData data)
    {
        _ = data;
        // Without anything to do the engine only takes one line end away from the end.
        return HiddenTokens.IsTemplate(text)
            ? new JinjaResult(null, "this build has no template engine", null)
            : new JinjaResult(text.EndsWith('\n') ? text[..^1] : text, null, null);
    }
}
