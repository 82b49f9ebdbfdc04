using Cairn.Flows.Expressions;
using Cairn.Flows.Values;

namespace Cairn.Flows.Tests.Expressions;

public sealed class SecretTests
{
    [Theory]
    [InlineData("token", "token")]
    [InlineData("token + \"x\"", "token")]
    [InlineData("1 + token", "token")]
    [InlineData("token + pin", "pin, token")]
    [InlineData("\"a\" + token + \"b\" + pin", "pin, token")]
    [InlineData("token + \"a\" + 1", "token")]
    [InlineData("pin + 1", "pin")]
    [InlineData("-pin", "pin")]
    [InlineData("pin * 2.0", "pin")]
    [InlineData("string(pin)", "pin")]
    [InlineData("int(string(pin))", "pin")]
    [InlineData("text.to_upper(token)", "token")]
    [InlineData("text.substring(token, 0, 2)", "token")]
    [InlineData("text.encode(token)", "token")]
    [InlineData("base64.encode(text.encode(token))", "token")]
    [InlineData("text.split(token, \"c\")", "token")]
    [InlineData("text.replace_all(\"a-b\", \"-\", token)", "token")]
    [InlineData("json.encode_to_string([1, [token]])", "token")]
    [InlineData("json.decode(document)", "document")]
    [InlineData("hash.compute_checksum(text.encode(token), \"SHA256\")", "token")]
    [InlineData("default(null, token)", "token")]
    [InlineData("if(true, token, 1)", "token")]
    [InlineData("list.concat([1], token)", "token")]
    [InlineData("[token][0]", "token")]
    [InlineData("true and token == \"x\"", null)]
    [InlineData("get_type(token)", null)]
    [InlineData("list.concat([1], token)[0]", null)]
    [InlineData("\"x\"", null)]
    [InlineData("len(token)", "token")]
    public void Marks_follow_a_value_through_every_expression(string text, string? secrets)
    {
        var scope = new NameScope
        {
            Variable = static name => name switch
            {
                "token" => new SlotAddress(0, 0),
                "pin" => new SlotAddress(0, 1),
                "document" => new SlotAddress(0, 2),
                _ => null,
            },
        };
        var frame = new FlowFrame(3);
        frame.Slots[0] = FlowValue.Of("abcd").WithSecret("token");
        frame.Slots[1] = FlowValue.Of(1234).WithSecret("pin");
        frame.Slots[2] = FlowValue.Of("""{"a": ["x", 1]}""").WithSecret("document");
        var code = ExpressionCompiler.Compile(ExpressionParser.Parse(text).Expression!, scope).Code!;

        var value = code.Evaluate(frame, new Evaluation(EvaluationInputs.None, isLenient: false));

        Assert.Equal(secrets, PublicJson.SecretsIn(value));
    }

    [Fact]
    public void An_error_does_not_show_a_secret()
    {
        var scope = new NameScope { Variable = static _ => new SlotAddress(0, 0) };
        var frame = new FlowFrame(1);
        frame.Slots[0] = FlowValue.Of("hunter2").WithSecret("token");
        var evaluation = new Evaluation(EvaluationInputs.None, isLenient: false);
        string[] texts =
        [
            "int(s)", "double(s)", "time.parse(s)", "s + null", "{}[s]", "[][s]", "json.decode(s)",
            "base64.decode(s)", "text.decode(text.encode(\"a\"), s)", "hash.compute_checksum(text.encode(\"a\"), s)",
            "text.match_regex(\"a\", s + \"(\")", "time.format(1, s)", "text.substring(s, 5, 99)",
        ];

        foreach (var text in texts)
        {
            var parsed = ExpressionParser.Parse(text, isLenient: true).Expression!;
            var error = Assert.Throws<FlowError>(() =>
                ExpressionCompiler.Compile(parsed, scope).Code!.Evaluate(frame, evaluation));

            Assert.DoesNotContain("hunter2", error.Message, StringComparison.OrdinalIgnoreCase);
        }
    }
}
