using System.Diagnostics;
using System.Globalization;

namespace Cairn.Bench.Graphs;

/// <summary>
/// The same work in Debian's Python: the sections cut, the defaults loaded, the template rendered in a sandboxed
/// environment, its text read as YAML. It validates nothing, which is in its favour.
/// </summary>
internal sealed class PythonRenderer : IDisposable
{
    public const string Python = "/usr/bin/python3";

    public const string Program =
        """
        import re, sys, time, yaml
        from jinja2 import StrictUndefined
        from jinja2.sandbox import SandboxedEnvironment
        environment = SandboxedEnvironment(undefined=StrictUndefined)
        def work(path, loader):
            text = open(path).read()
            workflow, defaults = re.split("^(?=default-values:)", text, flags=re.M)
            values = yaml.load(defaults, Loader=loader)["default-values"]
            return yaml.load(environment.from_string(workflow).render(values), Loader=loader)
        path = sys.argv[1]
        if len(sys.argv) > 2:
            work(path, yaml.SafeLoader)
            sys.exit()
        for line in sys.stdin:
            word = line.strip()
            if word == "dump":
                print(len(dump := yaml.dump(work(path, yaml.CSafeLoader))))
                sys.stdout.write(dump)
            else:
                begin = time.perf_counter()
                work(path, yaml.CSafeLoader if word == "fast" else yaml.SafeLoader)
                print(time.perf_counter() - begin)
            sys.stdout.flush()
        """;

    private readonly Process process;

    public PythonRenderer(string path) => process = Process.Start(new ProcessStartInfo(Python, ["-c", Program, path])
    {
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!;

    /// <summary>The rendered graph as PyYAML dumps it.</summary>
    public string Dump()
    {
        process.StandardInput.WriteLine("dump");
        var dump = new char[int.Parse(process.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture)];
        process.StandardOutput.ReadBlock(dump);
        return new string(dump);
    }

    /// <summary>Seconds of one round, taken inside Python; fast reads with libyaml.</summary>
    public double Time(bool isFast)
    {
        process.StandardInput.WriteLine(isFast ? "fast" : "safe");
        return double.Parse(process.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }
}
