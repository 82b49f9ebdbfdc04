namespace Cairn.Graphs.Templates;

/// <summary>What parsing gave.</summary>
internal abstract record TemplateParse
{
    private TemplateParse()
    {
    }

    internal sealed record Parsed(Template Template) : TemplateParse;

    internal sealed record Failed(TemplateError Error) : TemplateParse;
}

/// <summary>What rendering gave.</summary>
internal abstract record TemplateOutcome
{
    private TemplateOutcome()
    {
    }

    internal sealed record Rendered(string Text) : TemplateOutcome;

    internal sealed record Failed(TemplateError Error) : TemplateOutcome;
}
