using Cairn.Flows.Expressions;
using Cairn.Flows.Values;

namespace Cairn.Flows.Tests.Expressions;

public sealed class BombTests
{
    [Theory]
    [InlineData("x + x", "\"ab\"")]
    [InlineData("[x, x]", "1")]
    [InlineData("{\"a\": x, \"b\": x, \"c\": json.encode_to_string(x)}", "1")]
    [InlineData("text.replace_all(x, \"a\", x)", "\"aab\"")]
    [InlineData("text.replace_all_regex(x, \"a\", x)", "\"aab\"")]
    [InlineData("text.split(x + x, \"\") == 1 ? x : x + x", "\"ab\"")]
    [InlineData("map.merge_nested(x, {\"a\": x, \"b\": x})", "{}")]
    [InlineData("list.concat(x, x)", "[]")]
    [InlineData("x * x", "7")]
    public void A_value_that_doubles_ends_in_an_error_that_can_be_caught(string step, string start)
    {
        var scope = new NameScope { Variable = static _ => new SlotAddress(0, 0), IsLenient = true };
        var evaluation = new Evaluation(EvaluationInputs.None, isLenient: true);
        ExpressionCode Code(string text) =>
            ExpressionCompiler.Compile(ExpressionParser.Parse(text, isLenient: true).Expression!, scope).Code!;
        var frame = new FlowFrame(1);
        frame.Slots[0] = Code(start).Evaluate(frame, evaluation);
        var code = Code(step);

        var error = Assert.Throws<FlowError>(() =>
        {
            for (var i = 0; i < 2000; i++)
                frame.Slots[0] = code.Evaluate(frame, evaluation);
        });

        var tag = error.Value.AsMap().Get("tags").AsList()[0].AsText();
        Assert.Contains(tag, (string[])["ResourceLimitError", "ValueError"]);
    }

    [Theory]
    [InlineData("text.match_regex(x, \"(a*)*(a*)*(a*)*$b\")")]
    [InlineData("text.find_all_regex(x, \"a.*b|c\")")]
    [InlineData("text.replace_all_regex(x, \"(x+x+)+y\", \"\")")]
    public void A_regular_expression_has_fuel(string text)
    {
        var scope = new NameScope { Variable = static _ => new SlotAddress(0, 0) };
        var frame = new FlowFrame(1);
        frame.Slots[0] = FlowValue.Of(string.Concat(Enumerable.Repeat("aaaaaaaaxxxxc", 200_000)));
        var evaluation = new Evaluation(EvaluationInputs.None, isLenient: false);
        var code = ExpressionCompiler.Compile(ExpressionParser.Parse(text).Expression!, scope).Code!;

        var error = Record.Exception(() => code.Evaluate(frame, evaluation));

        Assert.True(error is null or FlowError, $"{error}");
        Assert.InRange(evaluation.Spent, 1_000_000, Evaluation.FuelOfExpression * 2);
    }

    [Fact]
    public void Fuel_is_new_for_each_expression()
    {
        var scope = new NameScope { Variable = static _ => new SlotAddress(0, 0) };
        var frame = new FlowFrame(1);
        frame.Slots[0] = FlowValue.Of(new string('a', 10_000_000));
        var evaluation = new Evaluation(EvaluationInputs.None, isLenient: false);
        var code = ExpressionCompiler.Compile(ExpressionParser.Parse("len(text.to_upper(x))").Expression!, scope).Code!;

        for (var i = 0; i < 30; i++)
            Assert.Equal(10_000_000, code.Evaluate(frame, evaluation).AsInteger());
    }
}
