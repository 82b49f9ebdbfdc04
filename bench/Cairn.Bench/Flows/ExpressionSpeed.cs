using System.Diagnostics;
using System.Text;
using Cairn.Flows.Expressions;
using Cairn.Flows.Values;

namespace Cairn.Bench.Flows;

/// <summary>Expressions of flows against CPython's eval of the same text, each compiled once, in turns.</summary>
internal static class ExpressionSpeed
{
    private const int Rounds = 5;
    private const int Times = 200_000;

    private const string Names =
        """
        {"i":7,"n":1000000,"d":2.5,"s":"scene-42","ok":true,"l":[1,2,3,4,5,6,7,8,9,10],"m":{"id":"job-1","job":
        {"count":12,"state":"RUNNING","steps":[{"name":"load"},{"name":"render"},{"name":"train"}]},"tags":{"a":"b"}}}
        """;

    private static readonly (string Name, string Text)[] Expressions =
    [
        ("arithmetic", "(i * 3 + n) // 7 - i % 4 + d / 4"),
        ("condition", "i > 3 and n <= 1000000 and s == \"scene-42\" or d < 1.0"),
        ("texts joined", "\"gs://bucket/\" + s + \"/assets/\" + s + \".json\""),
        ("members", "m[\"job\"][\"steps\"][2][\"name\"] == \"train\" and m[\"job\"][\"count\"] > 3"),
        ("membership", "\"job\" in m and i in [1, 3, 5, 7] and not (i in l and n in l)"),
        ("list", "[i, n, [s, d, ok]]"),
        ("functions", "len(l) > 5 and len(s) == 8 and int(\"12\") + i == 19"),
        ("a counter", "i + 1"),
        ("a guard", "ok and not (i == 3 or n == 4)"),
    ];

    public static void Measure()
    {
        if (!File.Exists(PythonEval.Python))
        {
            Console.WriteLine("expressions: left out, /usr/bin/python3 is missing");
            return;
        }

        var names = Names.ReplaceLineEndings("");
        using var python = new PythonEval(names);
        var variables = PublicJson.Decode(Encoding.UTF8.GetBytes(names)).AsMap();
        List<List<double>> all = [];
        foreach (var (name, text) in Expressions)
        {
            var ratios = Ratios(text, variables, python);
            all.Add(ratios);
            Figure.Print($"expression, {name}: times faster than CPython", ratios, "", "at least 1.0");
        }

        var means = Enumerable.Range(0, Rounds)
            .Select(round => Math.Exp(all.Average(ratios => Math.Log(ratios[round])))).ToList();
        Figure.Print("expressions: times faster than CPython, geometric mean", means, "", "at least 1.0");
    }

    private static List<double> Ratios(string text, FlowMap variables, PythonEval python)
    {
        var keys = variables.Keys.ToList();
        var frame = new FlowFrame(keys.Count);
        for (var i = 0; i < keys.Count; i++)
            frame.Slots[i] = variables.Get(keys[i]);
        var scope = new NameScope
        {
            Variable = name => keys.IndexOf(name) is var at and >= 0 ? new SlotAddress(0, at) : null,
        };
        var code = ExpressionCompiler.Compile(ExpressionParser.Parse(text).Expression!, scope).Code!;
        var evaluation = new Evaluation(EvaluationInputs.None, isLenient: false);
        var quoted = Encoding.UTF8.GetString(PublicJson.Encode(FlowValue.Of(text)));
        var ours = Encoding.UTF8.GetString(PublicJson.Encode(code.Evaluate(frame, evaluation)));
        if (ours != python.Value(quoted))
            throw new InvalidOperationException($"{text}: {ours} here, {python.Value(quoted)} in Python");
        for (var i = 0; i < Rounds; i++)
            Time(code, frame, evaluation);
        List<double> ratios = [];
        for (var round = 0; round < Rounds; round++)
            ratios.Add(python.Time(quoted, Times) / Time(code, frame, evaluation));
        return ratios;
    }

    private static double Time(ExpressionCode code, FlowFrame frame, Evaluation evaluation)
    {
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < Times; i++)
            code.Evaluate(frame, evaluation);
        return watch.Elapsed.TotalSeconds / Times;
    }
}
