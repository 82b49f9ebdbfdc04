using System.Text;
using Cairn.Flows.Expressions;
using Cairn.Flows.Values;

namespace Cairn.Flows.Tests.Expressions;

/// <summary>Evaluates expressions over the variables of the tables.</summary>
internal sealed class Sandbox
{
    private static readonly (string Name, FlowValue Value)[] Known =
    [
        ("t", FlowValue.True),
        ("f", FlowValue.False),
        ("n", FlowValue.Null),
        ("i", FlowValue.Of(7)),
        ("d", FlowValue.Of(2.5)),
        ("s", FlowValue.Of("text")),
        ("wide", FlowValue.Of("a\U0001F600b\u00e9")),
        ("l", Json("""[1,2.5,"three",null,[4]]""")),
        ("m", Json("""{"a":1,"b":{"c":[10,20]},"in":true,"k 1":null}""")),
        ("raw", FlowValue.Of("bytes"u8.ToArray().AsMemory())),
        ("broken", FlowValue.Of(new byte[] { 0xff, 0xfe }.AsMemory())),
        ("caught", FlowValue.Of("went wrong").AsCaught()),
        ("big", FlowValue.Of(long.MaxValue)),
        ("unset", FlowValue.Unassigned),
        ("list", Json("""{"x":"a variable"}""")),
        ("http_error", Json("""{"code":503,"tags":["HttpError"]}""")),
        ("lost", Json("""{"message":"gone","tags":["ConnectionError"]}""")),
    ];

    public Sandbox(bool isLenient)
    {
        for (var i = 0; i < Known.Length; i++)
            Frame.Slots[i] = Known[i].Value;
        IsLenient = isLenient;
        Evaluation = new Evaluation(
            new EvaluationInputs(static () => 1720788633.25, static () => UInt128.MaxValue, static name =>
                name == "HOME" ? "/home/me" : null),
            isLenient);
        Scope = new NameScope
        {
            Variable = static name => Array.FindIndex(Known, known => known.Name == name) is var at and >= 0
                ? new SlotAddress(0, at)
                : null,
            Variables = static () => Known.Select(known => known.Name),
            IsRoutine = static name => name == "my_routine",
            IsLenient = isLenient,
        };
    }

    public FlowFrame Frame { get; } = new(Known.Length);

    public bool IsLenient { get; }

    public Evaluation Evaluation { get; }

    public NameScope Scope { get; }

    /// <summary>The value in FlowJson; `!! ` and the error; `?? ` and the fault.</summary>
    public string Run(string text)
    {
        var parsed = ExpressionParser.Parse(text, IsLenient);
        if (parsed.Expression is null)
            return $"?? {parsed.Fault!.Message}";
        var compiled = ExpressionCompiler.Compile(parsed.Expression, Scope);
        if (compiled.Code is null)
            return $"?? {compiled.Faults[0].Message}";
        try
        {
            return Encoding.UTF8.GetString(FlowJson.Encode(compiled.Code.Evaluate(Frame, Evaluation)));
        }
        catch (FlowError error)
        {
            return $"!! {error.Message}";
        }
    }

    /// <summary>A variable as the naive evaluator sees it.</summary>
    public object? Naive(string name) => NaiveEvaluator.From(Known.First(known => known.Name == name).Value);

    public static FlowValue Json(string text) => FlowJson.Decode(Encoding.UTF8.GetBytes(text));
}
