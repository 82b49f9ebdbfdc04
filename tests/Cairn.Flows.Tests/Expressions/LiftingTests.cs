using Cairn.Flows.Expressions;
using Cairn.Flows.Values;

namespace Cairn.Flows.Tests.Expressions;

/// <summary>What the compiler of steps needs to lift calls that wait out of an expression.</summary>
public sealed class LiftingTests
{
    [Theory]
    [InlineData("f(g(1), h(2)) + k()", "g h f k")]
    [InlineData("f() and g() or h()", "f g? h?")]
    [InlineData("m[f()].x + [g(), h()][0]", "f g h")]
    [InlineData("if(f(), g(), h())", "f g h if")]
    [InlineData("default(f(), g(k()))", "f k g default")]
    public void Calls_are_listed_in_the_order_of_their_evaluation(string text, string expected) =>
        Assert.Equal(expected, Calls(text, isLenient: false));

    [Theory]
    [InlineData("if(f(), g(), h())", "f g? h? if")]
    [InlineData("default(f(), g(k()))", "f k? g? default")]
    [InlineData("f() ? g() : h(k())", "f g? k? h?")]
    [InlineData("{\"a\": f(), b: g()}", "f g")]
    public void Under_leniency_more_calls_may_be_skipped(string text, string expected) =>
        Assert.Equal(expected, Calls(text, isLenient: true));

    [Fact]
    public void A_part_is_replaced_by_what_the_program_puts_into_a_slot()
    {
        var parsed = ExpressionParser.Parse("1 + wait(2) * len([wait(3)])").Expression!;
        var site = parsed.Calls(isLenient: false).First();
        var frame = new FlowFrame(3);
        frame.Slots[2] = FlowValue.Of(20);

        var rest = parsed.Replace(site.Call, new Expr.Hole(new SlotAddress(0, 2), site.Call.Span));

        Assert.Equal("1 + <0:2> * len([wait(3)])", ExpressionPrinter.Print(rest));
        Assert.Equal("wait(3)", ExpressionPrinter.Print(rest.Calls(isLenient: false).First().Call));
        var pure = rest.Replace(
            rest.Calls(isLenient: false).First().Call, new Expr.Hole(new SlotAddress(0, 2), default));
        var scope = new NameScope { Variable = static _ => null };
        var value = ExpressionCompiler.Compile(pure, scope).Code!
            .Evaluate(frame, new Evaluation(EvaluationInputs.None, isLenient: false));
        Assert.Equal(21, value.AsInteger());
    }

    [Fact]
    public void A_variable_of_a_frame_further_out_is_read_there()
    {
        var outer = new FlowFrame(1);
        outer.Slots[0] = FlowValue.Of(40);
        var inner = new FlowFrame(1, new FlowFrame(0, outer));
        inner.Slots[0] = FlowValue.Of(2);
        var scope = new NameScope
        {
            Variable = static name => name == "mine" ? new SlotAddress(0, 0) : new SlotAddress(2, 0),
        };

        var code = ExpressionCompiler.Compile(ExpressionParser.Parse("mine + theirs").Expression!, scope).Code!;

        Assert.Equal(42, code.Evaluate(inner, new Evaluation(EvaluationInputs.None, false)).AsInteger());
    }

    [Fact]
    public void Functions_are_values_only_where_a_retry_policy_stands()
    {
        NameScope Scope(bool allows) => new()
        {
            Variable = static _ => null,
            IsRoutine = static name => name == "mine",
            AllowsFunctions = allows,
        };
        FlowValue? Value(string text, bool allows) =>
            ExpressionCompiler.Compile(ExpressionParser.Parse(text).Expression!, Scope(allows)).Code?.Constant;

        Assert.Equal("mine", Value("mine", true)!.Value.AsFunction());
        Assert.Equal("http.default_retry_predicate", Value("http.default_retry_predicate", true)!.Value.AsFunction());
        Assert.Null(Value("mine", false));
        Assert.Equal(5, Value("http.default_retry", false)!.Value.AsMap().Get("max_retries").AsInteger());
    }

    private static string Calls(string text, bool isLenient) => string.Join(
        ' ', ExpressionParser.Parse(text, isLenient).Expression!.Calls(isLenient)
            .Select(site => site.Call.Function + (site.MayBeSkipped ? "?" : "")));
}
