using Cairn.Engine.Journals.Sqlite;
using Cairn.Simulation.Runs;
using Cairn.Simulation.Seeds;

namespace Cairn.Simulation.Disk;

/// <summary>The engine on a SQLite journal whose disk is full, or fails, now and then.</summary>
public sealed class SqliteFaultTests
{
    private const int Full = 13;
    private const int WriteFailed = 778;
    private const int SyncFailed = 1034;

    [Theory]
    [InlineData(Full)]
    [InlineData(WriteFailed)]
    [InlineData(SyncFailed)]
    public void Runs_end_as_without_faults(int code)
    {
        for (var seed = 1UL; seed <= 6; seed++)
        {
            using var scratch = new ScratchFolder();
            var log = new DiskLog(scratch.Below("live"));
            RecordingVfs.Record(log);
            using (var journal = SqliteJournal.Open(
                Path.Combine(log.Folder, RecordedRun.FileName), RecordedRun.Options))
            {
                var (dice, left) = (new Dice(seed), 30);
                log.Fault = operation =>
                    Hits(operation, code) && left > 0 && dice.PerMille(60) && left-- > 0 ? code : null;
                var verdict = Playthrough.Run(Plan.Of(seed), out var trace, kept: journal);
                Assert.True(verdict.Broken is null, $"seed {seed}: {verdict.Broken}\n{trace.Last(60)}");
                log.Fault = null;
            }

            RecordingVfs.Release(log);
        }
    }

    private static bool Hits(DiskOperation operation, int code) => code == SyncFailed
        ? operation is DiskOperation.Synced
        : operation is DiskOperation.Written { File: RecordedRun.FileName + "-wal" };
}
