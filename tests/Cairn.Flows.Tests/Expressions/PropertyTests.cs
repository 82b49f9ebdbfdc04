using Cairn.Flows.Expressions;
using Cairn.Flows.Values;

namespace Cairn.Flows.Tests.Expressions;

public sealed class PropertyTests
{
    private const int Seed = 20250311;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_printed_expression_parses_to_itself(bool isLenient)
    {
        for (var i = 0; i < 10_000; i++)
        {
            var expression = new ExpressionGenerator(Seed + i, isLenient).Next(i % 6);
            var text = ExpressionPrinter.Print(expression);

            var parsed = ExpressionParser.Parse(text, isLenient);

            Assert.True(parsed.Fault is null, $"seed {Seed + i}: {text}\n{parsed.Fault?.Message}");
            Assert.True(
                Shape.Of(expression) == Shape.Of(parsed.Expression!),
                $"seed {Seed + i}: {text}\n{Shape.Of(expression)}\n{Shape.Of(parsed.Expression!)}");
            Assert.Equal(text, ExpressionPrinter.Print(parsed.Expression!));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Evaluation_equals_the_naive_evaluator(bool isLenient)
    {
        var sandbox = new Sandbox(isLenient);
        var values = 0;
        for (var i = 0; i < 10_000; i++)
        {
            var expression = new ExpressionGenerator(Seed + i, isLenient).Next(1 + (i % 4));

            var expected = Naive(expression, sandbox);
            var found = Real(expression, sandbox);

            Assert.True(
                AreAlike(expected, found),
                $"seed {Seed + i}: {ExpressionPrinter.Print(expression)}\n{Shown(expected)}\n{Shown(found)}");
            values += expected is NaiveError ? 0 : 1;
        }

        // Errors alone would prove little.
        Assert.InRange(values, 2_000, 10_000);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Nothing_but_a_flow_error_escapes_from_any_text(bool isLenient)
    {
        string[] parts =
        [
            "1", "2.5", "\"a\"", "'b'", "i", "s", "l", "m", "raw", "n", ".a", ".b", "[", "]", "(", ")", "{", "}", ",",
            ":", "+", "-", "*", "/", "//", "%", "==", "<", " in ", " and ", " or ", " not ", "?", "!", "&&", "len(",
            "default(", "text.split(", "map.get(", "${", "\\\"", "\u00e9", "\ud83d", " ", "\n", "\"", "9e99999",
        ];
        var random = new Random(Seed);
        var sandbox = new Sandbox(isLenient);
        for (var i = 0; i < 10_000; i++)
        {
            var count = random.Next(1, 14);
            var text = string.Concat(Enumerable.Range(0, count).Select(_ => parts[random.Next(parts.Length)]));

            var result = Record.Exception(() => sandbox.Run(text));

            Assert.True(result is null, $"seed {Seed}, round {i}: {text}\n{result}");
        }
    }

    private static object? Naive(Expr expression, Sandbox sandbox)
    {
        try
        {
            return new NaiveEvaluator(sandbox.Naive, sandbox.IsLenient).Evaluate(expression);
        }
        catch (NaiveError error)
        {
            return error;
        }
    }

    private static object? Real(Expr expression, Sandbox sandbox)
    {
        try
        {
            var compiled = ExpressionCompiler.Compile(expression, sandbox.Scope);
            Assert.Empty(compiled.Faults);
            return NaiveEvaluator.From(compiled.Code!.Evaluate(sandbox.Frame, sandbox.Evaluation));
        }
        catch (FlowError error)
        {
            return new NaiveError(error.Value.AsMap().Get("tags").AsList()[0].AsText());
        }
    }

    private static bool AreAlike(object? left, object? right) => (left, right) switch
    {
        (NaiveError a, NaiveError b) => a.Message == b.Message,
        // The floor of a quotient beyond 2^53 may differ in its last bit.
        (double a, double b) => a.Equals(b) || Math.Abs(a - b) <= Math.Abs(a) * 1e-15,
        (List<object?> a, List<object?> b) => a.Count == b.Count
            && a.Zip(b).All(pair => AreAlike(pair.First, pair.Second)),
        (List<KeyValuePair<string, object?>> a, List<KeyValuePair<string, object?>> b) => a.Count == b.Count
            && a.Zip(b).All(pair => pair.First.Key == pair.Second.Key && AreAlike(pair.First.Value, pair.Second.Value)),
        _ => Equals(left, right),
    };

    private static string Shown(object? value) => value switch
    {
        NaiveError error => error.Message,
        List<object?> list => $"[{string.Join(", ", list.Select(Shown))}]",
        double number => number.ToString("R"),
        null => "null",
        _ => $"{value.GetType().Name} {value}",
    };
}
