using Cairn.Simulation.Runs;
using Cairn.Simulation.Seeds;

namespace Cairn.Simulation.Disk;

/// <summary>
/// The SQLite journal after every kind of crash: killed after each write, powerless after each operation with any part
/// of
/// what was not synced, and with a damaged log.
/// </summary>
public sealed class SqliteCrashTests(ITestOutputHelper output)
{
    private static int Plans => SeedSource.IsAll ? 60 : 2;

    [Fact]
    public void A_kill_after_any_write_loses_nothing_acknowledged()
    {
        var images = 0;
        foreach (var (recorded, check) in Recordings())
        {
            var replay = new DiskReplay();
            foreach (var operation in recorded.Operations)
            {
                replay.Apply(operation);
                if (operation is DiskOperation.Synced or DiskOperation.Acknowledged) continue;
                images++;
                Assert.Null(check.Fault(replay.AfterKill(), replay.Acknowledged));
            }
        }

        output.WriteLine($"{images} images of a killed process");
    }

    [Fact]
    public void A_power_loss_after_any_operation_loses_nothing_acknowledged()
    {
        var images = 0;
        foreach (var (recorded, check) in Recordings())
        {
            var (replay, dice) = (new DiskReplay(), new Dice(99));
            foreach (var operation in recorded.Operations)
            {
                replay.Apply(operation);
                for (var i = SeedSource.IsAll ? 8 : 2; i > 0; i--, images++)
                    Assert.Null(check.Fault(replay.AfterPowerLoss(dice), replay.Acknowledged));
            }
        }

        output.WriteLine($"{images} images of a power loss");
    }

    [Fact]
    public void A_damaged_log_is_a_named_loss_and_never_a_silent_one()
    {
        var named = 0;
        foreach (var (recorded, check) in Recordings())
            foreach (var (image, acknowledged) in DamagedLogs(recorded))
            {
                Assert.Null(check.Fault(image, acknowledged, mayLose: true));
                named++;
            }

        Assert.True(named > 50);
    }

    [Fact]
    public void Without_the_witness_a_damaged_log_would_be_a_silent_loss()
    {
        var silent = 0;
        foreach (var (recorded, check) in Recordings())
            foreach (var (image, acknowledged) in DamagedLogs(recorded))
            {
                var blind = new SortedDictionary<string, byte[]>(image.Files.ToDictionary(), StringComparer.Ordinal);
                blind.Remove(RecordedRun.WitnessName);
                if (check.Fault(new DiskImage(blind), acknowledged, mayLose: true) is not null) silent++;
            }

        Assert.True(silent > 0, "the test of the damaged log would pass without a witness");
    }

    private static IEnumerable<(RecordedRun Recorded, ImageCheck Check)> Recordings()
    {
        for (var seed = 1; seed <= Plans; seed++)
        {
            using var scratch = new ScratchFolder();
            var recorded = RecordedRun.Play(Plan.Of((ulong)seed), scratch.Below("live"));
            yield return (recorded, new ImageCheck(recorded, scratch.Below("image")));
        }
    }

    /// <summary>At every tenth acknowledgement, one byte somewhere in the log's frames is turned over.</summary>
    private static IEnumerable<(DiskImage Image, long Acknowledged)> DamagedLogs(RecordedRun recorded)
    {
        var (replay, dice) = (new DiskReplay(), new Dice(5));
        const string log = RecordedRun.FileName + "-wal";
        const int header = 32;
        foreach (var operation in recorded.Operations)
        {
            replay.Apply(operation);
            if (operation is not DiskOperation.Acknowledged) continue;
            var image = replay.AfterKill();
            if (!image.Files.TryGetValue(log, out var bytes) || bytes.Length <= header) continue;
            bytes[dice.Between(header, bytes.Length - 1)] ^= 0x40;
            yield return (image, replay.Acknowledged);
        }
    }
}
