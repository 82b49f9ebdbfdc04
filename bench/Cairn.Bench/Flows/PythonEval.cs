using System.Diagnostics;
using System.Globalization;

namespace Cairn.Bench.Flows;

/// <summary>Debian's CPython with `eval` of an expression that was compiled once, over the same variables.</summary>
internal sealed class PythonEval : IDisposable
{
    public const string Python = "/usr/bin/python3";

    private const string Program =
        """
        import json, sys, time
        names = json.loads(sys.stdin.readline())
        def work(code, times):
            space = {"__builtins__": {"len": len, "int": int}}
            begin = time.perf_counter()
            for _ in range(times):
                eval(code, space, names)
            return time.perf_counter() - begin
        for line in sys.stdin:
            text, times = json.loads(line)
            code = compile(text, "flow", "eval")
            if times == 0:
                print(json.dumps(eval(code, {}, names), separators=(",", ":")))
            else:
                print(work(code, times) / times)
            sys.stdout.flush()
        """;

    private readonly Process process = Process.Start(new ProcessStartInfo(Python, ["-c", Program])
    {
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!;

    /// <summary>A process that knows these variables, given as JSON.</summary>
    public PythonEval(string names) => process.StandardInput.WriteLine(names);

    /// <summary>The value of an expression, as JSON; the text must be a JSON string.</summary>
    public string Value(string text)
    {
        process.StandardInput.WriteLine($"[{text},0]");
        return process.StandardOutput.ReadLine()!;
    }

    /// <summary>Seconds of one evaluation.</summary>
    public double Time(string text, int times)
    {
        process.StandardInput.WriteLine($"[{text},{times}]");
        return double.Parse(process.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }
}
