using Cairn.EndToEnd.Processes;

namespace Cairn.EndToEnd.Tutorial;

/// <summary>The ten minutes of the README, typed as they stand there.</summary>
public sealed class ReadmeTests : IDisposable
{
    private readonly Workbench _bench = new();

    [Fact]
    public async Task The_commands_of_the_tutorial_work_as_they_stand()
    {
        var script = $"ln -s \"$0\" cairn\n{Commands()}";

        using var typed = new LiveCairn(
            _bench.Folder, new Dictionary<string, string?>(), [], "bash", "-euc", script);
        var ended = (await typed.EndAsync()).Exits(0);

        Assert.Contains("hello-1 COMPLETED", ended.Out, StringComparison.Ordinal);
        Assert.Contains("[read] hello", ended.Out, StringComparison.Ordinal);
    }

    public void Dispose() => _bench.Dispose();

    /// <summary>The block of shell commands below the heading.</summary>
    private static string Commands()
    {
        var readme = File.ReadAllText(Path.Combine(Root(), "README.md"));
        var tutorial = readme[readme.IndexOf("## Ten minutes", StringComparison.Ordinal)..];
        return tutorial.Split("```console\n")[1].Split("```")[0];
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "cairn.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("the tests run inside of the repository");
    }
}
