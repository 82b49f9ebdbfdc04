using System.Diagnostics;
using Cairn.EndToEnd.Processes;
using Cairn.EndToEnd.Video;

namespace Cairn.EndToEnd.BadInput;

/// <summary>What a user may not read or write, as the user `nobody`; only root can take another user's place.</summary>
public sealed class PermissionTests : IDisposable
{
    private readonly Workbench _bench = new();

    [Fact]
    public async Task A_file_that_may_not_be_read_is_named()
    {
        await BeNobodysAsync();
        _bench.Write("secret.yaml", "workflow: {}");
        File.SetUnixFileMode(Path.Combine(_bench.Folder, "secret.yaml"), UnixFileMode.UserRead);

        foreach (var verb in (string[])["run", "validate"])
        {
            var refused = await RunAsNobodyAsync(verb, "secret.yaml", "-o", "json");
            refused.Exits(2);
            Assert.Contains("secret.yaml", refused.Errors);
            Assert.Contains("permission denied", refused.Errors);
        }
    }

    [Fact]
    public async Task A_video_that_may_not_be_read_is_named()
    {
        File.Delete(Path.Combine(_bench.Folder, "cairn.yaml"));
        await _bench.FilmAsync("clip.mp4", "-f", "lavfi", "-i", "color=red:size=64x48:rate=5:duration=1");
        await BeNobodysAsync();
        File.SetUnixFileMode(Path.Combine(_bench.Folder, "clip.mp4"), UnixFileMode.None);
        await Chown("root", Path.Combine(_bench.Folder, "clip.mp4"));

        var refused = (await RunAsNobodyAsync("vda", "run", "clip.mp4", "-o", "json")).Exits(2);

        Assert.Contains("clip.mp4", refused.Errors);
        Assert.Contains("ermission denied", refused.Errors);
    }

    [Fact]
    public async Task A_state_folder_of_somebody_else_is_denied_and_named()
    {
        var graph = _bench.OneTask("x", "true");
        _bench.AllowEvidence();
        (await _bench.RunAsync("run", graph)).Exits(0);
        await BeNobodysAsync();
        await Chown("root", "-R", _bench.Home);

        foreach (var command in (string[][])[["run", graph], ["runs", "list"]])
        {
            var refused = (await RunAsNobodyAsync([.. command, "-o", "json"])).Exits(5);
            Assert.Contains(_bench.Home, refused.Errors);
            Assert.Contains("look at the owner and mode", refused.Errors);
        }
    }

    [Fact]
    public async Task Where_no_state_folder_may_be_made_it_is_named()
    {
        var graph = _bench.OneTask("x", "true");
        _bench.AllowEvidence();
        Readable();

        var refused = (await RunAsNobodyAsync("run", graph, "-o", "json")).Exits(5);

        Assert.Contains($"the state folder {_bench.Home} cannot be made: permission denied", refused.Errors);
    }

    [Fact]
    public async Task A_user_without_rights_runs_a_graph_and_is_told_of_a_store_that_it_may_not_write()
    {
        _bench.AllowEvidence();
        _bench.Write("g.yaml", """
            workflow:
              name: g
              tasks:
              - name: only
                image: ubuntu:24.04
                command: [bash, -c, "echo made > {{output}}/x"]
                outputs: [{url: "cairn://out/x"}]
            """);
        await BeNobodysAsync();
        (await RunAsNobodyAsync("run", "g.yaml")).Exits(0);
        Assert.Equal("made\n", File.ReadAllText(Path.Combine(_bench.Bucket, "x/x")));

        await Chown("root", "-R", _bench.Bucket);
        var failed = (await RunAsNobodyAsync("run", "g.yaml", "-o", "json")).Exits(1);

        Assert.Contains("is denied", failed.Json.GetProperty("tasks")[0].GetProperty("reason").GetString());
    }

    public void Dispose() => _bench.Dispose();

    private async Task BeNobodysAsync()
    {
        Readable();
        await Chown("nobody", "-R", _bench.Folder);
    }

    private void Readable()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can take another user's place");
        Assert.SkipUnless(IsReachable(CairnBinary.Path), "other users may not go where the program lies");
        File.SetUnixFileMode(_bench.Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
    }

    private static bool IsReachable(string path)
    {
        for (var folder = Path.GetDirectoryName(path); folder is not null; folder = Path.GetDirectoryName(folder))
            if (!File.GetUnixFileMode(folder).HasFlag(UnixFileMode.OtherExecute))
                return false;
        return true;
    }

    private async Task<Invocation> RunAsNobodyAsync(params string[] arguments)
    {
        using var live = _bench.StartAs("nobody", arguments);
        return await live.EndAsync();
    }

    private static async Task Chown(string owner, params string[] arguments)
    {
        using var chown = Process.Start("chown", [owner, .. arguments]);
        await chown.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, chown.ExitCode);
    }
}
