using Cairn.Flows.Expressions;

namespace Cairn.Flows.Tests.Expressions;

public sealed class ExpressionFaultTests
{
    [Theory]
    [InlineData("1 + * 2", "1 + * 2\n    ^")]
    [InlineData("a +\n  {\"k\": 1}", "  {\"k\": 1}\n  ^")]
    [InlineData("len(\t1 2)", "len( 1 2)\n       ^")]
    [InlineData("1 +", "1 +\n   ^")]
    [InlineData("true And false", "true And false\n     ^~~")]
    [InlineData("\"abc", "\"abc\n^")]
    public void A_caret_stands_under_the_characters(string text, string expected) =>
        Assert.Equal(expected, ExpressionParser.Parse(text).Fault!.Caret(text));

    [Fact]
    public void A_long_line_is_cut_around_the_caret()
    {
        var text = string.Concat(Enumerable.Repeat("aaaa + ", 100)) + "*";

        var lines = ExpressionParser.Parse(text).Fault!.Caret(text).Split('\n');

        Assert.InRange(lines[0].Length, 1, 100);
        Assert.Equal('*', lines[0][lines[1].IndexOf('^')]);
    }

    [Theory]
    [InlineData("true And false", "the keyword is written and or AND")]
    [InlineData("a = 1", "two values are compared with ==")]
    [InlineData("{\"a\": 1}", "build it with assign and name the variable; --lenient accepts it (T03)")]
    [InlineData("t ? 1 : 2", "write if(condition, a, b); --lenient accepts it (T04)")]
    [InlineData("t && f", "write and; --lenient accepts it (T05)")]
    [InlineData("'a'", "texts stand in double quotes; --lenient accepts it (T06)")]
    [InlineData("${1}", "write parentheses; --lenient accepts it (T07)")]
    public void A_hint_says_what_to_write(string text, string hint) =>
        Assert.Equal(hint, ExpressionParser.Parse(text).Fault!.Hint);

    [Theory]
    [InlineData("{\"a\": t ? 1 : 2,}", "T03 T04 T03")]
    [InlineData("t && f || !t", "T05 T05 T05")]
    [InlineData("'a' + ${'b'}", "T06 T06 T07")]
    [InlineData("not a == b", "")]
    [InlineData("1 + 2", "")]
    public void What_was_tolerated_is_told(string text, string rules)
    {
        var tolerated = ExpressionParser.Parse(text, isLenient: true).Tolerated.Select(form => form.Rule);

        Assert.Equal(rules.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(), tolerated.Order());
    }

    [Fact]
    public void Doubled_escapes_are_read_once_more_in_a_plain_scalar_only()
    {
        const string text = """ "{\\"a\\": \\"" + s + '\\"}' """;

        var lenient = ExpressionParser.Parse(text, isLenient: true, isPlainScalar: true);
        var quoted = ExpressionParser.Parse(text, isLenient: true, isPlainScalar: false);
        var strict = ExpressionParser.Parse(text, isLenient: false, isPlainScalar: true);

        Assert.Equal(""" "{\"a\": \"" + s + "\"}" """.Trim(), ExpressionPrinter.Print(lenient.Expression!));
        Assert.Equal(["T06", "T08"], lenient.Tolerated.Select(form => form.Rule));
        Assert.NotNull(quoted.Fault);
        Assert.Contains("(T08)", strict.Fault!.Hint);
    }

    [Fact]
    public void A_doubled_escape_that_parses_at_once_stays_what_it_is()
    {
        var parsed = ExpressionParser.Parse("""text.split(s, "\\.")""", isLenient: true, isPlainScalar: true);

        Assert.Empty(parsed.Tolerated);
        Assert.Equal("""text.split(s, "\\.")""", ExpressionPrinter.Print(parsed.Expression!));
    }

    [Theory]
    [InlineData("${1}", "1")]
    [InlineData("  ${ a + 1 }\n", " a + 1 ")]
    [InlineData("${\"}\" + {\"a\": {}}}", "\"}\" + {\"a\": {}}")]
    [InlineData("${\"$\" + \"{x}\"}", "\"$\" + \"{x}\"")]
    [InlineData("${'}'}", "'}'")]
    [InlineData("${it's}", "it's")]
    [InlineData("${\"never closed}", "\"never closed")]
    [InlineData("${a", null)]
    [InlineData("a ${b}", null)]
    [InlineData("${a} and ${b}", null)]
    [InlineData("${a}b", null)]
    [InlineData("$a", null)]
    [InlineData("", null)]
    public void A_text_is_an_expression_when_its_bracket_closes_last(string scalar, string? inner)
    {
        var span = EmbeddedExpression.Find(scalar);

        Assert.Equal(inner, span is { } found ? scalar.Substring(found.Start, found.Length) : null);
    }

    [Theory]
    [InlineData("(", ")", 5000, "nests deeper")]
    [InlineData("[", "]", 5000, "nests deeper")]
    [InlineData("-", "", 100_000, "nests deeper")]
    [InlineData("not ", "", 100_000, "nests deeper")]
    [InlineData("1 + ", "", 500_000, "chains more")]
    [InlineData("len(", ")", 5000, "nests deeper")]
    public void A_bomb_of_brackets_or_operators_is_refused(string open, string close, int times, string why)
    {
        var text = string.Concat(Enumerable.Repeat(open, times)) + "1" + string.Concat(Enumerable.Repeat(close, times));

        Assert.Contains(why, ExpressionParser.Parse(text).Fault!.Message);
    }

    [Fact]
    public void Members_in_a_row_are_bounded_too() =>
        Assert.Contains("chains more", ExpressionParser.Parse("a" + string.Concat(Enumerable.Repeat(".b", 10_000)))
            .Fault!.Message);

    [Fact]
    public void As_many_operations_as_are_allowed_evaluate()
    {
        var text = string.Concat(Enumerable.Repeat("1 + ", 999)) + "1";

        Assert.Equal("1000", new Sandbox(isLenient: false).Run(text));
    }

    [Fact]
    public void An_error_of_evaluation_names_the_part_that_raised_it()
    {
        const string text = "1 + len(\"abc\") + (m.a - \"x\") * 2";
        var sandbox = new Sandbox(isLenient: false);
        var code = ExpressionCompiler.Compile(ExpressionParser.Parse(text).Expression!, sandbox.Scope).Code!;

        var error = Assert.Throws<Cairn.Flows.Values.FlowError>(() => code.Evaluate(sandbox.Frame, sandbox.Evaluation));

        Assert.Equal("m.a - \"x\"", text.Substring(error.Span!.Value.Start, error.Span.Value.Length));
    }

    [Fact]
    public void All_unknown_names_are_found_with_a_hint()
    {
        var sandbox = new Sandbox(isLenient: false);
        var parsed = ExpressionParser.Parse("wid + text.to_uper(s) + list_of.x");

        var faults = ExpressionCompiler.Compile(parsed.Expression!, sandbox.Scope).Faults;

        Assert.Equal(
            [
                "no variable wid is assigned here", "there is no function text.to_uper",
                "no variable list_of is assigned here",
            ],
            faults.Select(fault => fault.Message));
        Assert.Equal("did you mean wide?", faults[0].Hint);
        Assert.Equal("did you mean text.to_upper?", faults[1].Hint);
    }
}
