using System.Diagnostics;
using Cairn.Bench.Cli;
using Cairn.Graphs.Rendering;

namespace Cairn.Bench.Graphs;

/// <summary>A graph of 2,000 tasks rendered and validated, against python3-jinja2 and python3-yaml.</summary>
internal static class GraphRendering
{
    private const int Rounds = 7;
    private const int WarmUps = 20;

    public static void Measure()
    {
        if (!File.Exists(PythonRenderer.Python))
        {
            Console.WriteLine("graph of 2,000 tasks: left out, /usr/bin/python3 is missing");
            return;
        }

        var folder = Directory.CreateTempSubdirectory("cairn-bench-");
        var path = Path.Combine(folder.FullName, "graph.yaml");
        File.WriteAllText(path, GraphText.Text);
        using (var python = new PythonRenderer(path))
        {
            if (Render(path).DryRun != python.Dump())
                throw new InvalidOperationException("the two sides render different graphs");
            InProcess(path, python);
        }

        Whole(path);
        folder.Delete(recursive: true);
    }

    private static void InProcess(string path, PythonRenderer python)
    {
        for (var i = 0; i < WarmUps; i++)
            Render(path);
        List<double> ours = [];
        List<double> safe = [];
        List<double> fast = [];
        for (var round = 0; round < Rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            Render(path);
            ours.Add(watch.Elapsed.TotalSeconds);
            safe.Add(python.Time(isFast: false));
            fast.Add(python.Time(isFast: true));
        }

        Figure.Print("graph of 2,000 tasks, warm: cairn", ours.ConvertAll(Milliseconds), "ms", "");
        Figure.Print("graph of 2,000 tasks, warm: Python, safe_load", safe.ConvertAll(Milliseconds), "ms", "");
        Figure.Print("graph of 2,000 tasks, warm: Python, libyaml", fast.ConvertAll(Milliseconds), "ms", "");
        Figure.Print("graph of 2,000 tasks, warm: times faster", Ratios(safe, ours), "", "at least 10");
        Figure.Print("graph of 2,000 tasks, warm: times faster than with libyaml", Ratios(fast, ours), "", "");
    }

    private static void Whole(string path)
    {
        var cairn = Binaries.Cairn();
        List<double> ours = [];
        List<double> theirs = [];
        for (var round = -1; round < Rounds; round++)
        {
            var our = Binaries.Time(cairn, "graph", "render", path, "-o", "json");
            var their = Binaries.Time(PythonRenderer.Python, "-c", PythonRenderer.Program, path, "once");
            if (round < 0)
                continue;
            ours.Add(our);
            theirs.Add(their);
        }

        Figure.Print("graph of 2,000 tasks, whole process: cairn", ours.ConvertAll(Milliseconds), "ms", "");
        Figure.Print("graph of 2,000 tasks, whole process: Python", theirs.ConvertAll(Milliseconds), "ms", "");
        Figure.Print("graph of 2,000 tasks, whole process: times faster", Ratios(theirs, ours), "", "");
    }

    private static GraphOutcome Render(string path)
    {
        var source = new GraphSource(path, File.ReadAllText(path), static _ => new LocalText.Missing());
        var outcome = GraphCompiler.Render(
            source, GraphValues.None, new GraphOptions { MaxTasks = GraphText.Tasks });
        return outcome.Spec is not null
            ? outcome
            : throw new InvalidOperationException($"the graph has errors: {outcome.Errors[0]}");
    }

    private static double Milliseconds(double seconds) => seconds * 1000;

    private static List<double> Ratios(List<double> slow, List<double> quick) =>
        [.. slow.Zip(quick, static (a, b) => a / b)];
}
