using Cairn.Graphs.Templates;

namespace Cairn.Graphs.Tests.Templates;

/// <summary>A template parsed and rendered with the variables of <see cref="Variables"/>.</summary>
internal sealed record Rendering(string? Text, TemplateError? Error)
{
    public static Rendering Of(string template, TemplateLimits? limits = null)
    {
        if (Template.Parse(template, "t.yaml") is not TemplateParse.Parsed parsed)
            return new Rendering(null, ((TemplateParse.Failed)Template.Parse(template, "t.yaml")).Error);
        return parsed.Template.Render(Variables.Values(), limits ?? TemplateLimits.Default) switch
        {
            TemplateOutcome.Rendered rendered => new Rendering(rendered.Text, null),
            TemplateOutcome.Failed failed => new Rendering(null, failed.Error),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
