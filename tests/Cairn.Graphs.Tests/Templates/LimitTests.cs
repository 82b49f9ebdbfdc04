using Cairn.Graphs.Templates;
using Cairn.Graphs.Templates.Values;

namespace Cairn.Graphs.Tests.Templates;

public sealed class LimitTests
{
    [Theory]
    [InlineData("{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}")]
    [InlineData("{{ 'x' * 10 ** 15 }}")]
    [InlineData("{{ 9 ** (9 ** 9) }}")]
    [InlineData("{{ [0] * 10 ** 12 }}")]
    [InlineData("{{ 'x'.center(10 ** 12) }}")]
    [InlineData("{{ '%900000000s' % 'x' }}")]
    [InlineData("{{ '{:900000000}'.format('x') }}")]
    [InlineData(
        "{% set ns = namespace(x=[0]) %}{% for i in range(60) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}{{ ns.x }}")]
    [InlineData(
        "{% set ns = namespace(x='x') %}{% for i in range(60) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}{{ ns.x }}")]
    [InlineData("{% for a in range(2000) %}{{ 'x' * 100000 }}{% endfor %}")]
    public void A_template_bomb_runs_out_of_fuel(string template)
    {
        var error = Rendering.Of(template).Error;

        Assert.Equal(PyErrorKind.FuelExhausted, error?.Kind);
    }

    [Theory]
    [InlineData("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}")]
    [InlineData("{% for i in [[1]] recursive %}{{ loop([[1]]) }}{% endfor %}")]
    [InlineData("{% block a %}{{ self.a() }}{% endblock %}")]
    public void Endless_recursion_ends_in_pythons_error(string template)
    {
        var error = Rendering.Of(template).Error;

        Assert.Equal(PyErrorKind.RecursionError, error?.Kind);
    }

    [Theory]
    [InlineData("(", ")")]
    [InlineData("[", "]")]
    [InlineData("-", "")]
    [InlineData("not ", "")]
    [InlineData("1+", "")]
    [InlineData("{% if 1 %}", "{% endif %}")]
    public void Deep_nesting_is_refused_and_does_not_overflow_the_stack(string open, string close)
    {
        const int Depth = 20_000;
        var inner = string.Concat(Enumerable.Repeat(open, Depth)) + "1" +
            string.Concat(Enumerable.Repeat(close, Depth));

        var error = Rendering.Of(open[0] == '{' ? inner : "{{ " + inner + " }}").Error;

        Assert.Equal(PyErrorKind.TemplateSyntaxError, error?.Kind);
    }

    [Fact]
    public void Limits_are_those_handed_in()
    {
        var few = Rendering.Of("{% for i in range(100) %}x{% endfor %}", new TemplateLimits(50, 1000));
        var small = Rendering.Of("{% for i in range(100) %}x{% endfor %}", new TemplateLimits(5000, 50));

        Assert.Equal(PyErrorKind.FuelExhausted, few.Error?.Kind);
        Assert.Equal(PyErrorKind.FuelExhausted, small.Error?.Kind);
    }

    [Theory]
    [InlineData("{{ l|random }}")]
    [InlineData("{{ lipsum() }}")]
    [InlineData("{{ 'x'.encode() }}")]
    [InlineData("{{ (-8) ** 0.5 }}")]
    public void What_has_no_place_in_a_graph_is_refused_by_name(string template)
    {
        Assert.Equal(PyErrorKind.Refused, Rendering.Of(template).Error?.Kind);
    }

    [Fact]
    public void No_template_makes_an_exception_escape()
    {
        for (var seed = 0; seed < 2000; seed++)
        {
            var outcome = Rendering.Of(new TemplateGenerator(-seed).Template());

            Assert.True(outcome.Text is not null ^ outcome.Error is not null);
        }
    }
}
