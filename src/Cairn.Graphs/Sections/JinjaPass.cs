using System.Text.RegularExpressions;
using Cairn.Graphs.Templates;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Sections;

/// <summary>What a rendering made: a text, or a fault with its place in the template.</summary>
/// <param name="Text">The text; null when there is a fault.</param>
/// <param name="Fault">The message in the original's words.</param>
/// <param name="Line">Line of the fault in the template, from 1.</param>
/// <param name="Column">Column of the fault, from 1.</param>
/// <param name="Hint">What to do about it.</param>
/// <param name="Undefined">The variable that has no value, when that is the fault.</param>
internal sealed record JinjaResult(
    string? Text, string? Fault = null, int? Line = null, int? Column = null, string? Hint = null,
    string? Undefined = null);

/// <summary>The one place where a graph's text meets the template engine.</summary>
internal static partial class JinjaPass
{
    /// <summary>Renders a text; run-time tokens stay as they are.</summary>
    public static JinjaResult Render(string text, TemplateData data, string file)
    {
        // Without anything to do the engine only takes one line end away from the end.
        if (!HiddenTokens.IsTemplate(text))
            return new JinjaResult(text.EndsWith('\n') ? text[..^1] : text);
        var hidden = HiddenTokens.Of(text);
        var parse = Template.Parse(hidden.Text, file);
        if (parse is not TemplateParse.Parsed parsed)
            return Fault(((TemplateParse.Failed)parse).Error);
        var variables = data.Dict();
        foreach (var (name, token) in hidden.Variables)
            variables[name] = token;
        var most = TemplateLimits.Default;
        var limits = most with { Steps = Math.Min(most.Steps, data.StepsLeft) };
        var outcome = parsed.Template.Render(variables, limits, out var steps);
        data.StepsLeft = Math.Max(0, data.StepsLeft - steps);
        return outcome switch
        {
            TemplateOutcome.Rendered rendered => new JinjaResult(hidden.Restore(rendered.Text)),
            TemplateOutcome.Failed failed => Fault(failed.Error),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static JinjaResult Fault(TemplateError error)
    {
        var name = Name().Match(error.Kind == PyErrorKind.UndefinedError ? error.Message : "");
        var undefined = name.Success ? name.Groups[1].Value : null;
        return new JinjaResult(null, error.Wrapped, error.Line, error.Column, error.Hint, undefined);
    }

    [GeneratedRegex(@"\A'([^']+)' is undefined\z")]
    private static partial Regex Name();
}
