using Cairn.Cli.Tests.Commands;

namespace Cairn.Cli.Tests.Store;

public sealed class StoreCommandTests : IDisposable
{
    private readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task What_was_put_is_printed_as_it_was()
    {
        _desk.Write("a.txt", "abc\n");

        Assert.Equal(0, await _desk.Run("store", "put", "a.txt", "cairn://box/x/y"));
        Assert.Equal(0, await _desk.Run("store", "cat", "cairn://box/x/y"));

        Assert.Equal("abc\n", _desk.Output);
    }

    [Fact]
    public async Task An_embedded_bucket_is_named_without_its_scheme()
    {
        _desk.Write("a.txt", "abc");

        Assert.Equal(0, await _desk.Run("store", "put", "a.txt", "box/x/y"));
        Assert.Equal(0, await _desk.Run("store", "ls", "box", "-r", "-o", "name"));

        Assert.Contains("cairn://box/x/y\n", _desk.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stdin_becomes_an_object()
    {
        Assert.Equal(0, await _desk.RunWith("from a pipe", "store", "put", "-", "cairn://box/note"));

        await _desk.Run("store", "cat", "cairn://box/note");
        Assert.Equal("from a pipe", _desk.Output);
    }

    [Fact]
    public async Task Stdin_below_a_prefix_has_no_name()
    {
        Assert.Equal(2, await _desk.RunWith("x", "store", "put", "-", "cairn://box/"));

        Assert.Contains("stdin has no name", _desk.Talk, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_served_prefix_is_read_and_written_like_the_bucket_itself()
    {
        _desk.Write("cairn.yaml", "cairn: 1\nstores: {scenes: {url: \"file:data\", serves: [\"gs://acme\"]}}\n");
        _desk.Write("m", "{}");

        Assert.Equal(0, await _desk.Run("store", "put", "m", "gs://acme/scenes/k/.done", "-o", "name"));

        Assert.Equal("cairn://scenes/scenes/k/.done\n", _desk.Output);
        Assert.Equal("{}", await File.ReadAllTextAsync(_desk.At("data/scenes/k/.done"), Cancel));
    }

    [Fact]
    public async Task A_foreign_bucket_that_nobody_serves_is_a_missing_precondition()
    {
        Assert.Equal(3, await _desk.Run("store", "ls", "gs://acme/"));

        Assert.Contains("serves", _desk.Talk, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plain_folder_is_listed_and_written()
    {
        _desk.Write("plain/one", "1");
        var folder = "file://" + _desk.At("plain");

        Assert.Equal(0, await _desk.Run("store", "put", "plain/one", folder + "/two"));
        Assert.Equal(0, await _desk.Run("store", "ls", folder + "/", "-o", "name"));

        Assert.Equal($"{folder}/one\n{folder}/two\n", _desk.Output);
    }

    [Fact]
    public async Task Generation_zero_means_only_if_there_is_none()
    {
        _desk.Write("a", "1");
        Assert.Equal(0, await _desk.Run("store", "put", "a", "cairn://box/lock", "--if-generation", "0"));

        Assert.Equal(3, await _desk.Run("store", "put", "a", "cairn://box/lock", "--if-generation", "0"));

        Assert.Contains("cairn://box/lock is there already, with generation", _desk.Talk, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_delete_takes_the_generation_that_the_put_answered()
    {
        _desk.Write("a", "1");
        await _desk.Run("store", "put", "a", "cairn://box/lock", "-o", "json");
        var generation = _desk.Document.GetProperty("objects")[0].GetProperty("generation").GetInt64();

        Assert.Equal(3, await _desk.Run("store", "rm", "cairn://box/lock", "--if-generation", "7"));
        Assert.Equal(0, await _desk.Run("store", "rm", "cairn://box/lock", "--if-generation", $"{generation}"));
        Assert.Equal(4, await _desk.Run("store", "cat", "cairn://box/lock"));
    }

    [Fact]
    public async Task A_listing_folds_at_slashes_and_unfolds_on_demand()
    {
        _desk.Write("a", "1");
        await _desk.Run("store", "put", "a", "cairn://box/s/k/one");
        await _desk.Run("store", "put", "a", "cairn://box/s/two");

        await _desk.Run("store", "ls", "cairn://box/s", "-o", "json");
        var folded = _desk.Document;
        await _desk.Run("store", "ls", "-r", "cairn://box/s", "-o", "name");

        Assert.Equal("cairn://box/s/k/", folded.GetProperty("prefixes")[0].GetString());
        Assert.Equal("cairn://box/s/two", folded.GetProperty("objects")[0].GetProperty("url").GetString());
        Assert.Equal("cairn://box/s/k/one\ncairn://box/s/two\n", _desk.Output);
    }

    [Fact]
    public async Task A_listing_of_nothing_is_not_found()
    {
        _desk.Write("a", "1");
        await _desk.Run("store", "put", "a", "cairn://box/a");

        Assert.Equal(4, await _desk.Run("store", "ls", "cairn://box/nothing/"));
        Assert.Equal(4, await _desk.Run("store", "ls", "cairn://other/"));
    }

    [Fact]
    public async Task The_stores_of_the_project_are_listed_with_what_they_serve()
    {
        _desk.Write("cairn.yaml", "cairn: 1\nstores: {scenes: {url: \"file:data\", serves: [\"gs://acme\"]}}\n");

        await _desk.Run("store", "ls", "-o", "json");

        var store = _desk.Document.GetProperty("stores")[0];
        Assert.Equal("cairn://scenes", store.GetProperty("url").GetString());
        Assert.Equal(_desk.At("data"), store.GetProperty("folder").GetString());
        Assert.Equal("gs://acme", store.GetProperty("serves")[0].GetString());
    }

    [Fact]
    public async Task A_folder_goes_there_and_back()
    {
        _desk.Write("up/a", "1");
        _desk.Write("up/deep/b", "2");

        Assert.Equal(2, await _desk.Run("store", "put", "up", "cairn://box/in/"));
        Assert.Equal(0, await _desk.Run("store", "put", "-r", "up", "cairn://box/in/"));
        Assert.Equal(0, await _desk.Run("store", "get", "-r", "cairn://box/in/up", "down"));

        Assert.Equal("1", await File.ReadAllTextAsync(_desk.At("down/a"), Cancel));
        Assert.Equal("2", await File.ReadAllTextAsync(_desk.At("down/deep/b"), Cancel));
    }

    [Fact]
    public async Task An_object_gets_its_own_name_in_a_folder()
    {
        _desk.Write("a", "1");
        await _desk.Run("store", "put", "a", "cairn://box/s/name.bin");

        Assert.Equal(0, await _desk.Run("store", "get", "cairn://box/s/name.bin"));

        Assert.Equal("1", await File.ReadAllTextAsync(_desk.At("name.bin"), Cancel));
        Assert.Empty(Directory.EnumerateFiles(_desk.Folder, "*.part"));
    }

    [Fact]
    public async Task Everything_below_a_prefix_is_deleted_and_nothing_beside_it()
    {
        _desk.Write("a", "1");
        foreach (var key in (string[])["s/one", "s/two", "sx"])
            await _desk.Run("store", "put", "a", $"cairn://box/{key}");

        Assert.Equal(0, await _desk.Run("store", "rm", "-r", "cairn://box/s"));
        await _desk.Run("store", "ls", "-r", "cairn://box/", "-o", "name");

        Assert.Equal("cairn://box/sx\n", _desk.Output);
    }

    [Fact]
    public async Task A_watch_prints_what_happened_since_a_position()
    {
        _desk.Write("a", "12");
        await _desk.Run("store", "put", "a", "cairn://box/one");
        await _desk.Run("store", "rm", "cairn://box/one");

        Assert.Equal(
            0, await _desk.Run("store", "watch", "cairn://box/", "--after", "0", "--count", "2", "-o", "json"));

        var lines = _desk.Output.TrimEnd().Split('\n');
        Assert.Contains("\"kind\":\"finalized\",\"url\":\"cairn://box/one\"", lines[0], StringComparison.Ordinal);
        Assert.Contains("\"kind\":\"deleted\"", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_watch_that_sees_nothing_times_out()
    {
        _desk.Write("a", "12");
        await _desk.Run("store", "put", "a", "cairn://box/one");

        Assert.Equal(6, await _desk.Run("store", "watch", "cairn://box/", "--timeout", "0s"));
    }

    [Fact]
    public async Task A_plain_folder_cannot_be_watched()
    {
        Assert.Equal(3, await _desk.Run("store", "watch", "file://" + _desk.Folder));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
