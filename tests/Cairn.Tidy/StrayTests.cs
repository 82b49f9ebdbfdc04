namespace Cairn.Tidy;

/// <summary>The root of the repository and the kinds of files in it are a closed set.</summary>
public sealed class StrayTests
{
    private static readonly string[] RootEntries =
    [
        ".ci", ".editorconfig", ".gitattributes", ".gitignore", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE",
        "README.md", "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "bench", "cairn",
        "cairn.slnx", "demo", "deploy", "docs", "eng", "examples", "global.json", "jobs", "pipelines", "src", "test",
        "tests",
    ];

    [Fact]
    public void Nothing_lies_in_the_root_that_does_not_belong_there()
    {
        var strays = Repository.Files.Select(path => path.Split('/')[0]).Distinct().Except(RootEntries);

        Findings.None(strays);
    }

    [Fact]
    public void Nothing_large_and_nothing_made_is_tracked()
    {
        string[] made = [".log", ".tmp", ".bak", ".orig", ".rej", ".swp", ".pyc", ".dll", ".so", ".db", ".avi", ".mp4"];
        var strays = Repository.Files.Where(path =>
            made.Contains(Path.GetExtension(path))
            || new FileInfo(Path.Combine(Repository.Root, path)).Length > 1 << 20);

        Findings.None(strays);
    }

    [Theory]
    [InlineData("test")]
    [InlineData("cairn")]
    [InlineData("demo")]
    [InlineData(".ci/run")]
    public void A_script_that_people_run_has_its_run_bit(string script) =>
        Assert.True(File.GetUnixFileMode(Path.Combine(Repository.Root, script)).HasFlag(UnixFileMode.UserExecute));
}
