using Cairn.EndToEnd.Processes;

namespace Cairn.EndToEnd.BadInput;

/// <summary>Files and flags that cannot be used: exit 2, one document with what is wrong, and nothing is
/// made.</summary>
public sealed class GraphFileTests : IDisposable
{
    private readonly Workbench _bench = new();

    public static TheoryData<string, string> Unusable => new()
    {
        { "missing.yaml", "no such file" },
        { "folder.yaml", "is a folder" },
        { "empty.yaml", "Workflow spec not found" },
        { "broken.yaml", "not properly formatted" },
        { "bytes.yaml", "not UTF-8" },
        { "/proc/self/mem", "" },
    };

    [Theory]
    [MemberData(nameof(Unusable))]
    public async Task A_file_that_cannot_be_used_is_named_with_the_reason(string file, string reason)
    {
        Directory.CreateDirectory(Path.Combine(_bench.Folder, "folder.yaml"));
        _bench.Write("empty.yaml", "");
        _bench.Write("broken.yaml", "workflow:\n  name: [x\n");
        byte[] noText = [0xff, 0xfe, 0x00, 0x80];
        await File.WriteAllBytesAsync(
            Path.Combine(_bench.Folder, "bytes.yaml"), noText, TestContext.Current.CancellationToken);

        foreach (var verb in (string[][])[["run"], ["validate"], ["graph", "render"]])
        {
            var ended = (await _bench.RunAsync([.. verb, file, "-o", "json"])).Exits(2);
            var error = Assert.Single(ended.Json.GetProperty("errors").EnumerateArray());
            Assert.Equal(file, error.GetProperty("file").GetString());
            Assert.Contains(reason, error.GetProperty("message").GetString());
        }

        Assert.False(Directory.Exists(_bench.Home), "a refused file leaves no state folder");
    }

    [Fact]
    public async Task All_errors_of_a_file_are_told_at_once_with_line_and_column()
    {
        _bench.Write("wrong.yaml", """
            workflow:
              name: wrong
              tasks:
              - {name: a, image: "ubuntu:24.04", command: [x], resource: turbo}
              - {name: a, image: "ubuntu:24.04", command: [x], nonsense: 1}
            """);

        var ended = (await _bench.RunAsync("validate", "wrong.yaml", "-o", "json")).Exits(2);

        var errors = ended.Json.GetProperty("errors").EnumerateArray().ToList();
        Assert.True(errors.Count >= 2, ended.Out);
        Assert.All(errors, error => Assert.InRange(error.GetProperty("line").GetInt32(), 3, 5));
        Assert.Contains("nonsense", ended.Errors);
    }

    [Theory]
    [InlineData("there is no flag --nonsense", "run", "x.yaml", "--nonsense")]
    [InlineData("there is no flag --nonsense", "run", "--nonsense", "x.yaml")]
    [InlineData("nonsense", "nonsense")]
    [InlineData("KEY=VALUE", "run", "x.yaml", "--set", "novalue")]
    public async Task A_wrong_command_line_is_explained(string words, params string[] arguments)
    {
        _bench.OneTask("x", "true");

        var ended = (await _bench.RunAsync([.. arguments, "-o", "json"])).Exits(2);

        Assert.Contains(words, ended.Errors);
    }

    [Fact]
    public async Task An_error_for_people_shows_the_line_and_a_hint_on_stderr_only()
    {
        _bench.Write("wrong.yaml", "workflow:\n  name: wrong\n  tasks:\n  - {name: a, imagee: x, command: [y]}\n");

        var ended = (await _bench.RunAsync("validate", "wrong.yaml")).Exits(2);

        Assert.Empty(ended.Out);
        Assert.Contains("wrong.yaml:4", ended.Error);
        Assert.Contains("imagee", ended.Error);
    }

    public void Dispose() => _bench.Dispose();
}
