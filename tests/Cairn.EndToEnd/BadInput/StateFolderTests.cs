using Cairn.EndToEnd.Durability;
using Cairn.EndToEnd.Processes;
using Microsoft.Data.Sqlite;

namespace Cairn.EndToEnd.BadInput;

/// <summary>State folders that cannot be used, as they are, or any more.</summary>
public sealed class StateFolderTests : IDisposable
{
    private readonly Workbench _bench = new();

    public StateFolderTests() => _bench.AllowEvidence();

    [Fact]
    public async Task A_file_in_the_place_of_the_folder_is_named()
    {
        var file = _bench.Write("taken", "");

        var ended = (await _bench.RunAsync("run", _bench.OneTask("x", "true"), "--home", file, "-o", "json")).Exits(2);

        Assert.Contains($"{file} cannot be made: it is a file", ended.Errors);
        Assert.Contains("CAIRN_HOME", ended.Errors);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_named()
    {
        var ended = (await _bench.RunAsync(
            "run", _bench.OneTask("x", "true"), "--home", "/proc/cairn", "-o", "json")).Exits(2);

        Assert.Contains("/proc/cairn cannot be made", ended.Errors);
    }

    [Fact]
    public async Task A_state_folder_is_its_users_alone()
    {
        (await _bench.RunAsync("run", _bench.OneTask("x", "true"))).Exits(0);

        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(_bench.Home));
    }

    [Fact]
    public async Task A_journal_that_another_program_holds_is_worth_another_try()
    {
        var graph = _bench.OneTask("x", "true");
        (await _bench.RunAsync("run", graph)).Exits(0);
        await using var other = new SqliteConnection($"Data Source={Journal};Pooling=False");
        await other.OpenAsync(TestContext.Current.CancellationToken);
        await using var lockIt = other.CreateCommand();
        lockIt.CommandText = "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; CREATE TABLE held (one INTEGER)";
        await lockIt.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var ended = (await _bench.RunAsync("run", graph, "-o", "json")).Exits(75);

        Assert.Contains("journal.db", ended.Errors);
    }

    [Fact]
    public async Task Lost_commits_are_counted_and_their_loss_must_be_accepted()
    {
        var graph = _bench.Waiting("waits");
        using (var life = _bench.Start("run", graph))
        {
            await _bench.BegunAsync("waits");
            await life.KillAsync();
        }

        _bench.Release("waits");
        // Ten pages back: the very last ones may belong to a commit that nobody was told of yet.
        FlipByte(Journal + "-wal", fromEnd: 41_000);

        var refused = (await _bench.RunAsync("run", _bench.OneTask("x", "true"), "-o", "json")).Exits(75);
        Assert.Contains("lost", refused.Errors);
        Assert.Contains("--accept-loss", refused.Errors);

        (await _bench.RunAsync("run", "x.yaml", "--accept-loss", "-o", "json")).Exits(0);
        (await _bench.RunAsync("run", "x.yaml", "-o", "json")).Exits(0);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(100)]
    public async Task A_disk_without_room_for_the_state_folder_says_so(int kilobytes)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "a small disk can be mounted only by root");
        var graph = _bench.OneTask("x", "true");

        using var life = _bench.StartOnSmallDisk(kilobytes, "run", graph, "-o", "json");
        var ended = (await life.EndAsync()).Exits(75);

        Assert.Contains("room", ended.Errors);
    }

    [Fact]
    public async Task A_task_that_ends_well_on_a_full_disk_is_kept_until_there_is_room()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "a small disk can be mounted only by root");
        var graph = _bench.Waiting("patient");
        using var life = _bench.StartOnSmallDisk(4096, "run", graph, "-o", "json");
        await _bench.BegunAsync("patient");
        _bench.Release("fill");
        await _bench.FileAsync("filled", _ => true);
        _bench.Release("patient");

        while (TaskProcesses.Find(_bench.Home).Count > 0)
            await Task.Yield();
        _bench.Release("free");

        var ended = (await life.EndAsync()).Exits(0);
        Assert.Equal("COMPLETED", ended.Json.GetProperty("state").GetString());
        Assert.Equal([1], Keys.Count(_bench)["patient"]);
    }

    public void Dispose() => _bench.Dispose();

    private string Journal => Path.Combine(_bench.Home, "journal.db");

    private static void FlipByte(string path, int fromEnd)
    {
        using var file = File.Open(path, FileMode.Open, FileAccess.ReadWrite);
        file.Position = Math.Max(64, file.Length - fromEnd);
        var old = file.ReadByte();
        file.Position--;
        file.WriteByte((byte)(old ^ 0x55));
    }
}
