using Cairn.Platform.Stores;
using Cairn.Platform.Stores.Transfers;

namespace Cairn.Platform.Tests.Stores;

public sealed class TransferTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ObjectStores _stores;
    private readonly StoreTransfers _transfers;

    public TransferTests()
    {
        _stores = ObjectStores.Open(StoreLayout.Plain(_folder.At("state"), _folder.Path), TimeProvider.System);
        _transfers = new StoreTransfers(_stores);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Out => _folder.At("out");

    [Fact]
    public async Task An_object_of_exactly_that_name_comes_alone_and_unfiltered()
    {
        await Store("a/video.mp4", "video");
        await Store("a/video.mp4.txt", "text");

        var done = await Download("cairn://b/a/video.mp4", _ => false);

        Assert.Equal(["video.mp4"], Landed());
        Assert.Equal((1, 5L), (done.Files, done.Bytes));
    }

    [Fact]
    public async Task A_prefix_brings_everything_below_at_its_relative_path()
    {
        await Store("data/x/1", "1");
        await Store("data/2", "2");
        await Store("data-other/3", "3");

        await Download("cairn://b/data", null);

        Assert.Equal(["2", "x/1"], Landed());
    }

    [Fact]
    public async Task A_trailing_slash_never_means_the_object()
    {
        await Store("data", "object");
        await Store("data/inside", "inside");

        await Download("cairn://b/data/", null);

        Assert.Equal(["inside"], Landed());
    }

    [Fact]
    public async Task The_filter_sees_the_path_below_the_prefix()
    {
        await Store("data/x/1.mp4", "1");
        await Store("data/x/2.txt", "2");
        var seen = new List<string>();

        await Download("cairn://b/data", path =>
        {
            seen.Add(path);
            return path.EndsWith(".mp4", StringComparison.Ordinal);
        });

        Assert.Equal(["x/1.mp4", "x/2.txt"], seen);
        Assert.Equal(["x/1.mp4"], Landed());
    }

    [Fact]
    public async Task Nothing_found_is_success_with_a_warning()
    {
        await Store("data/1", "1");

        var missing = await Download("cairn://b/none", null);
        var filtered = await Download("cairn://b/data", _ => false);

        Assert.Equal(["No entries found for prefix: cairn://b/none"], missing.Warnings);
        Assert.Equal(["No entries of cairn://b/data matched the regex"], filtered.Warnings);
    }

    [Fact]
    public async Task A_whole_bucket_can_be_downloaded()
    {
        await Store("1", "1");
        await Store("x/2", "2");

        await Download("cairn://b", null);

        Assert.Equal(["1", "x/2"], Landed());
    }

    [Fact]
    public async Task A_clone_may_be_changed_without_harm_to_the_store()
    {
        await Store("a", "bytes");
        await Download("cairn://b/a", null);

        await File.AppendAllTextAsync(Path.Combine(Out, "a"), " changed", Cancel);

        Assert.Equal("bytes", await File.ReadAllTextAsync(_folder.At("state/stores/b/a"), Cancel));
    }

    [Fact]
    public async Task A_link_shares_the_bytes_and_survives_a_new_version()
    {
        await Store("a", "first");

        await _transfers.Download("cairn://b/a", null, Out, FileSharing.LinkReadOnly, Cancel);
        await Store("a", "second");

        Assert.Equal("first", await File.ReadAllTextAsync(Path.Combine(Out, "a"), Cancel));
    }

    [Theory]
    [InlineData("out/*", "1;x/2")]
    [InlineData("out", "out/1;out/x/2")]
    [InlineData("out/1", "1")]
    public async Task What_is_uploaded_follows_the_form_of_the_argument(string argument, string keys)
    {
        _folder.Write("out/1", "1");
        _folder.Write("out/x/2", "2");

        await Upload(UploadSource.Parse(_folder.At(argument)), "cairn://b/p");

        Assert.Equal(keys.Split(';').Select(key => "p/" + key), await Keys());
    }

    [Fact]
    public async Task The_filter_of_an_upload_sees_the_key_with_the_folder_and_spares_single_files()
    {
        _folder.Write("dir/1", "1");
        var seen = new List<string>();
        bool Filter(string key)
        {
            seen.Add(key);
            return false;
        }

        await _transfers.Upload(
            UploadSource.Parse(_folder.At("dir")), "cairn://b", Filter, UploadTerms.Any, Cancel);
        await _transfers.Upload(
            UploadSource.Parse(_folder.At("dir/1")), "cairn://b", Filter, UploadTerms.Any, Cancel);

        Assert.Equal(["dir/1"], seen);
        Assert.Equal(["1"], await Keys());
    }

    [Fact]
    public async Task Links_to_files_are_followed_and_links_to_folders_are_not()
    {
        _folder.Write("elsewhere/file", "linked");
        _folder.Write("out/plain", "plain");
        File.CreateSymbolicLink(_folder.At("out/link"), _folder.At("elsewhere/file"));
        Directory.CreateSymbolicLink(_folder.At("out/folder"), _folder.At("elsewhere"));

        await Upload(new UploadSource.Contents(Out), "cairn://b");

        Assert.Equal(["link", "plain"], await Keys());
    }

    [Fact]
    public async Task A_link_that_a_task_made_is_read_as_the_task_saw_it()
    {
        _folder.Write("out/real/file", "inside");
        _folder.Write("secret", "of the host");
        File.CreateSymbolicLink(_folder.At("out/inside"), "/osmo/data/output/real/file");
        File.CreateSymbolicLink(_folder.At("out/relative"), "real/file");
        File.CreateSymbolicLink(_folder.At("out/outside"), _folder.At("secret"));
        File.CreateSymbolicLink(_folder.At("out/climbing"), "../secret");

        var done = await _transfers.Upload(
            new UploadSource.Contents(Out), "cairn://b", null,
            new UploadTerms { Seen = [new SeenFolder("/osmo/data/output", Out)] }, Cancel);

        Assert.Equal(["inside", "real/file", "relative"], await Keys());
        Assert.Equal(2, done.Warnings.Count);
    }

    [Fact]
    public async Task An_upload_repeated_after_a_crash_makes_no_second_generation()
    {
        _folder.Write("out/1", "1");
        var terms = new UploadTerms { EffectKey = "run.0.1" };
        await _transfers.Upload(new UploadSource.Contents(Out), "cairn://b", null, terms, Cancel);
        var before = await (await _stores.Bucket("b", false, Cancel)).Stat("1", Cancel);

        await _transfers.Upload(new UploadSource.Contents(Out), "cairn://b", null, terms, Cancel);

        var after = await (await _stores.Bucket("b", false, Cancel)).Stat("1", Cancel);
        Assert.Equal(before!.Generation, after!.Generation);
    }

    [Fact]
    public async Task A_plain_folder_is_a_place_to_download_from_and_upload_to()
    {
        _folder.Write("in/ä b/1", "1");

        await Download($"file://{_folder.At("in")}", null);
        await Upload(new UploadSource.Contents(Out), $"file://{_folder.At("copy/deep")}");

        Assert.Equal("1", await File.ReadAllTextAsync(_folder.At("copy/deep/ä b/1"), Cancel));
    }

    public void Dispose()
    {
        _stores.Dispose();
        _folder.Dispose();
    }

    private Task<TransferResult> Download(string url, Func<string, bool>? matches) =>
        _transfers.Download(url, matches, Out, FileSharing.Clone, Cancel);

    private Task<TransferResult> Upload(UploadSource source, string url) =>
        _transfers.Upload(source, url, null, UploadTerms.Any, Cancel);

    private async Task Store(string key, string text) => await (await _stores.Bucket("b", true, Cancel)).Put(
        key, new Content.Bytes(System.Text.Encoding.UTF8.GetBytes(text)), WriteTerms.Any, Cancel);

    private IEnumerable<string> Landed() => Directory.EnumerateFiles(Out, "*", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Out, path)).Order(StringComparer.Ordinal);

    private async Task<IReadOnlyList<string>> Keys() =>
        [.. (await (await _stores.Bucket("b", false, Cancel)).List(new ListQuery(), Cancel)).Objects.Select(
            f => f.Key)];
}
