using System.Diagnostics;
using System.Globalization;

namespace Cairn.Bench.Flows;

/// <summary>The loop of <see cref="FlowSteps"/> in another language, timed inside of it.</summary>
internal sealed class ScriptLoop : IDisposable
{
    private const string PythonProgram =
        """
        import sys, time
        def work(n):
            i = 0
            while True:
                i = i + 1
                if i < n:
                    continue
                return i
        for line in sys.stdin:
            n = int(line)
            begin = time.perf_counter()
            work(n)
            print(time.perf_counter() - begin, flush=True)
        """;

    private const string NodeProgram =
        """
        function work(n) {
          let i = 0;
          while (true) {
            i = i + 1;
            if (i < n) continue;
            return i;
          }
        }
        require('readline').createInterface({ input: process.stdin }).on('line', line => {
          const n = Number(line);
          const begin = process.hrtime.bigint();
          work(n);
          console.log(Number(process.hrtime.bigint() - begin) / 1e9);
        });
        """;

    private readonly Process _process;

    private ScriptLoop(string program, string[] arguments) =>
        _process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;

    /// <summary>CPython, or null where it is missing.</summary>
    public static ScriptLoop? Python() =>
        Found("/usr/bin/python3") is { } path ? new ScriptLoop(path, ["-c", PythonProgram]) : null;

    /// <summary>Node as an interpreter, or null where it is missing.</summary>
    public static ScriptLoop? Node() =>
        Found("/usr/bin/node") is { } path ? new ScriptLoop(path, ["--jitless", "-e", NodeProgram]) : null;

    /// <summary>Seconds of one loop.</summary>
    public double Time(int passes)
    {
        _process.StandardInput.WriteLine(passes.ToString(CultureInfo.InvariantCulture));
        return double.Parse(_process.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static string? Found(string path) => File.Exists(path) ? path : null;
}
