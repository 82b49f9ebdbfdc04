using Cairn.Bench.Cli;
using Cairn.Engine.Effects;
using Cairn.Engine.Journals.Sqlite;
using Cairn.Engine.Programs;
using Cairn.Engine.Records;

namespace Cairn.Bench.Tasks;

/// <summary>
/// The time that a task of `true` takes in a graph of 200, from the first hand-out to the last end in the journal,
/// against launching the same sandbox command by hand, as many at a time.
/// </summary>
internal static class TaskOverhead
{
    private const int Tasks = 200;
    private const int Rounds = 5;

    public static void Measure()
    {
        var folder = Directory.CreateTempSubdirectory("cairn-bench-");
        var cairn = Binaries.Cairn();
        var hand = SandboxCommand.Record(cairn, folder.CreateSubdirectory("one").FullName);
        List<double> engine = [];
        List<double> byHand = [];
        List<double> ratios = [];
        for (var round = -1; round < Rounds; round++)
        {
            var home = folder.CreateSubdirectory($"{round}");
            var ours = Graph(cairn, home.FullName) / Tasks;
            var theirs = hand.Time(home.CreateSubdirectory("hand").FullName, Tasks) / Tasks;
            // The first round brings all into the page cache.
            if (round < 0)
                continue;
            engine.Add(ours * 1000);
            byHand.Add(theirs * 1000);
            ratios.Add(ours / theirs);
        }

        Figure.Print($"a graph of {Tasks} tasks of `true`: each task", engine, "ms", "");
        Figure.Print("the same sandbox command launched by hand: each", byHand, "ms", "");
        Figure.Print("a task of the graph against by hand", ratios, "", "at most 1.3");
        folder.Delete(recursive: true);
    }

    private static double Graph(string cairn, string folder)
    {
        var file = TrueGraph.Write(folder, Tasks);
        var home = Path.Combine(folder, "home");
        Binaries.Time(cairn, "--home", home, "run", file);
        using var journal = SqliteJournal.Open(
            Path.Combine(home, "journal.db"), new SqliteJournalOptions { ReadOnly = true });
        var run = journal.Find("bench-1")!;
        DateTimeOffset? first = null;
        var last = DateTimeOffset.MinValue;
        var ends = 0;
        foreach (var row in journal.Records(run.Row, 0, int.MaxValue))
        {
            var record = new RecordReader(row.Payload, journal).Read(row.Sequence);
            if (record.Event is JournalEvent.Issued)
                first ??= record.At;
            if (record.Event is not JournalEvent.Happened { Event: RunEvent.Reported { Report: Report.Ended } })
                continue;
            last = record.At;
            ends++;
        }

        return ends == Tasks
            ? (last - first!.Value).TotalSeconds
            : throw new InvalidOperationException($"{ends} of {Tasks} tasks ended");
    }
}
