using Cairn.Graphs.Tasks;
using Cairn.Platform.Executors.Local.Images;
using Cairn.Platform.Executors.Local.Logs;
using Cairn.Platform.Projects;

namespace Cairn.Platform.Tests.Executors;

public sealed class ImagePinTests : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task The_digest_of_a_host_image_is_the_one_of_its_files_and_not_of_their_times()
    {
        var tool = Tool("echo one");
        var first = await Pin("tools:1");
        File.SetLastWriteTimeUtc(tool, DateTime.UnixEpoch);
        var touched = await Pin("tools:1");
        Tool("echo two");
        var changed = await Pin("tools:1");
        File.SetUnixFileMode(tool, UnixFileMode.UserRead);
        var notRunnable = await Pin("tools:1");

        Assert.Matches("^tools:1@sha256:[0-9a-f]{64}$", first);
        Assert.Equal(first, touched);
        Assert.Equal(3, new[] { first, changed, notRunnable }.Distinct().Count());
    }

    [Fact]
    public async Task The_whole_host_has_no_digest_and_a_pinned_reference_stays()
    {
        Tool("echo one");

        Assert.Null(await Pin("ubuntu:22.04"));
        Assert.Null(await Pin("tools:1@sha256:00"));
    }

    [SandboxFact]
    public async Task A_pinned_host_image_runs_and_one_that_has_changed_since_says_so()
    {
        Tool("echo one");
        var pinned = await Pin("tools:1");
        _bench.Settings = _bench.Settings with { Images = Images };
        var same = _bench.Start(_bench.Shell("say") with { Image = pinned! });
        Assert.Equal(0, (await _bench.Log.Result(same.Key)).ExitCode);
        Tool("echo two");
        var changed = _bench.Start(_bench.Shell("say") with { Image = pinned! });
        Assert.Equal(0, (await _bench.Log.Result(changed.Key)).ExitCode);

        Assert.Equal(("one\n", "two\n"), (_bench.OutputOf(same), _bench.OutputOf(changed)));
        Assert.DoesNotContain(Control(same), line => line.Contains("has changed"));
        Assert.Contains(Control(changed), line =>
            line.StartsWith($"Image {pinned} has changed since the run was submitted: it is sha256:"));
    }

    [PodmanFact]
    public async Task A_real_image_is_pinned_to_its_digest_and_runs_by_it()
    {
        OtherEnclosureTests.BuildImage(Path.Combine(_bench.Root, "image"));
        var pinned = await Pin("localhost/cairn-test:1");

        var result = await _bench.Finish(_bench.Shell("exit 4") with
        {
            Image = pinned!,
            Resources = new TaskResources { Cpu = 0, MemoryBytes = 256 << 20 },
        });

        Assert.Matches("^localhost/cairn-test:1@sha256:[0-9a-f]{64}$", pinned);
        Assert.Equal((TaskEnding.Exited, 4), (result.Ending, result.ExitCode));
    }

    [Theory]
    [InlineData("a/b:1@sha256:00", "a/b@sha256:00")]
    [InlineData("host:5000/b@sha256:00", "host:5000/b@sha256:00")]
    [InlineData("host:5000/b:1", "host:5000/b:1")]
    public void With_a_digest_a_tag_means_nothing(string reference, string without) =>
        Assert.Equal(without, ImageReference.WithoutTag(reference));

    private string ToolFolder => Path.Combine(_bench.Root, "tools");

    private IReadOnlyList<ProjectImage> Images =>
    [
        new ProjectImage { Match = "tools:*", HostFolder = ToolFolder },
        new ProjectImage { Match = "ubuntu:*", HostFolder = "/" },
    ];

    private string Tool(string line)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(ToolFolder, "bin")).FullName, "say");
        File.WriteAllText(path, $"#!/bin/sh\n{line}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    private Task<string?> Pin(string reference) =>
        new ImagePins(new ImageTable(Images, Tools.Find()), Tools.Find(), _bench.Settings.Home)
            .Pin(reference, _ => { }, TestContext.Current.CancellationToken);

    private IEnumerable<string> Control(Cairn.Engine.Effects.EffectOrder order) =>
        TaskLogs.Read(_bench.FolderOf(order)).Where(line => line.Control).Select(line => line.Text);
}
