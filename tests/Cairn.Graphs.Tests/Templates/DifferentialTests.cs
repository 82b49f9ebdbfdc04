using System.Text.RegularExpressions;
using Cairn.Graphs.Templates;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Tests.Templates;

public sealed class DifferentialTests
{
    private const int DefaultCount = 2000;

    /// <summary>Addresses of objects, which differ from one process to the next.</summary>
    private static readonly Regex Address = new(
        "0x[0-9a-f]{6,}", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    [Fact]
    public void Generated_templates_give_what_jinja2_gives()
    {
        using var oracle = Jinja2Process.Start();
        if (oracle is null && Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail("python3-jinja2 is needed: apt-get install python3-jinja2");
        Assert.SkipUnless(oracle is not null, "python3-jinja2 is not installed");
        var first = Setting("CAIRN_TEMPLATE_SEED", 1);
        var count = Setting("CAIRN_TEMPLATE_COUNT", DefaultCount);

        var differences = Enumerable.Range(first, count).Select(seed => Difference(oracle!, seed))
            .Where(static difference => difference is not null).Take(Setting("CAIRN_TEMPLATE_SHOWN", 5)).ToList();

        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    private static int Setting(string name, int missing) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), out var value) ? value : missing;

    private static string? Difference(Jinja2Process oracle, int seed)
    {
        var template = new TemplateGenerator(seed).Template();
        var theirs = oracle.Render(template, Variables.Json());
        var ours = Render(template);

        // Ours refuses what has no place in a graph and stops what grows too large; the original goes on.
        if (ours.Kind is nameof(PyErrorKind.Refused) or nameof(PyErrorKind.FuelExhausted))
            return null;
        if (Plain(ours.Text) == Plain(theirs.Text) && ours.Kind == theirs.Kind
            && Plain(ours.Message) == Plain(theirs.Message) && (theirs.Line is null || ours.Line == theirs.Line))
        {
            return null;
        }

        return $"""
            CAIRN_TEMPLATE_SEED={seed} CAIRN_TEMPLATE_COUNT=1 dotnet test tests/Cairn.Graphs.Tests
              template: {template}
              jinja2:   {theirs}
              ours:     {ours}
            """;
    }

    private static Jinja2Answer Render(string template)
    {
        var error = Template.Parse(template, "t") switch
        {
            TemplateParse.Failed failed => failed.Error,
            TemplateParse.Parsed parsed => parsed.Template.Render(Variables.Values(), TemplateLimits.Default) switch
            {
                TemplateOutcome.Rendered rendered => (object)rendered.Text,
                TemplateOutcome.Failed failed => failed.Error,
                _ => throw new System.Diagnostics.UnreachableException(),
            },
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return error is TemplateError found
            ? new Jinja2Answer(null, found.Kind.ToString(), found.Message, found.Line)
            : new Jinja2Answer((string)error, null, null, null);
    }

    private static string? Plain(string? text) => text is null ? null : Address.Replace(text, "0x0");
}
