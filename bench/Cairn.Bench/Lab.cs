using System.Diagnostics;
using Cairn.Engine.Effects;
using Cairn.Engine.Hosting;
using Cairn.Engine.Runs;

namespace Cairn.Bench;

/// <summary>A state folder for one measurement, on the disk of the temporary folder.</summary>
internal sealed class Lab : IDisposable
{
    public string Home { get; } = Directory.CreateTempSubdirectory("cairn-bench-").FullName;

    public string Journal => Path.Combine(Home, "journal.db");

    public EngineHost Open(IPerformer performer) =>
        EngineHost.Open(new EngineSetup(Home, [new ChainFamily()], [performer]));

    public static NewRun Run(string name, int rounds, int width, int requestBytes) =>
        new(EngineHost.NewUid(), name, "chain", ChainFamily.Define(rounds, width, requestBytes), default);

    /// <summary>
    /// Submits runs together and waits for the end of all; the seconds from the first submit to the last end.
    /// </summary>
    public static async Task<double> TimeAsync(EngineHost host, int runs, int rounds, int requestBytes)
    {
        var watch = Stopwatch.StartNew();
        var heads = await Task.WhenAll(
            Enumerable.Range(0, runs).Select(_ => host.SubmitAsync(Run("run", rounds, 1, requestBytes))));
        foreach (var head in heads) await host.WaitAsync(head);
        return watch.Elapsed.TotalSeconds;
    }

    public void Dispose() => Directory.Delete(Home, recursive: true);
}
