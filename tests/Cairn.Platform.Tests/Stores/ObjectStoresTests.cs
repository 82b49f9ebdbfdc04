using Cairn.Platform.Stores;
using Cairn.Platform.Stores.Transfers;

namespace Cairn.Platform.Tests.Stores;

public sealed class ObjectStoresTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("gs://acme/scenes/kitchen/a.usd", "cairn://kitchen", "a.usd")]
    [InlineData("gs://acme/scenes/kitchen", "cairn://kitchen", "")]
    [InlineData("gs://acme/scenes/kitchens/a", "cairn://scenes", "kitchens/a")]
    [InlineData("cairn://scenes/a/b", "cairn://scenes", "a/b")]
    public async Task A_store_serves_a_foreign_prefix_and_the_longest_wins(string url, string store, string key)
    {
        using var stores = Open(
            new DeclaredStore("scenes", _folder.At("scenes"), ["gs://acme/scenes/"]),
            new DeclaredStore("kitchen", _folder.At("kitchen"), ["gs://acme/scenes/kitchen"]));

        var place = await stores.Resolve(url, forWrite: true, Cancel);

        Assert.Equal((store, key), (place.Store.Url, place.Key));
    }

    [Theory]
    [InlineData("gs://acme/x", "stores: {acme: {url: \"file:data/acme\", serves: [\"gs://acme\"]}}")]
    [InlineData("s3://b", "stores: {b: {url: \"file:data/b\", serves: [\"s3://b\"]}}")]
    [InlineData("azure://account/c/x", "stores: {c: {url: \"file:data/c\", serves: [\"azure://account/c\"]}}")]
    [InlineData("swift://e/a/c/x", "stores: {c: {url: \"file:data/c\", serves: [\"swift://e/a/c\"]}}")]
    public async Task A_service_without_a_client_is_exit_3_with_the_line_to_add(string url, string line)
    {
        using var stores = Open();

        var failure = await Assert.ThrowsAsync<StoreException>(async () => await stores.Resolve(url, true, Cancel));

        Assert.Equal((StoreFault.NotConfigured, 3), (failure.Fault, failure.ExitCode));
        Assert.EndsWith(line, failure.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no scheme")]
    [InlineData("ftp://host/x")]
    [InlineData("cairn:x")]
    [InlineData("cairn://")]
    [InlineData("cairn:///x")]
    [InlineData("azure://account")]
    [InlineData("file://host/x")]
    [InlineData("file:")]
    [InlineData("cairn://../x")]
    [InlineData("cairn://a b/x")]
    public async Task A_bad_address_is_exit_2(string url)
    {
        using var stores = Open();

        var failure = await Assert.ThrowsAsync<StoreException>(async () => await stores.Resolve(url, true, Cancel));

        Assert.Equal((StoreFault.BadUrl, 2), (failure.Fault, failure.ExitCode));
    }

    [Fact]
    public async Task Without_declarations_a_first_write_makes_a_store_and_a_read_does_not()
    {
        using var stores = ObjectStores.Open(StoreLayout.Plain(_folder.At("state"), _folder.Path), TimeProvider.System);

        var failure = await Assert.ThrowsAsync<StoreException>(
            async () => await stores.Resolve("cairn://vda/x", forWrite: false, Cancel));
        await stores.Resolve("cairn://vda/x", forWrite: true, Cancel);

        Assert.Equal(StoreFault.NotFound, failure.Fault);
        Assert.Equal(["vda"], stores.Names);
        Assert.True(Directory.Exists(_folder.At("state/stores/vda")));
    }

    [Fact]
    public async Task With_declarations_another_name_is_exit_3_with_the_line_to_add()
    {
        using var stores = Open(new DeclaredStore("scenes", _folder.At("scenes"), []));

        var failure = await Assert.ThrowsAsync<StoreException>(
            async () => await stores.Resolve("cairn://scene/x", forWrite: true, Cancel));

        Assert.Equal(3, failure.ExitCode);
        Assert.Contains("scene: {url: \"file:data/scene\"}", failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_relative_file_address_is_relative_to_the_project()
    {
        _folder.Write("in/a", "x");
        using var stores = Open();

        var place = await stores.Resolve("file:in/a", forWrite: false, Cancel);

        Assert.Equal($"file://{_folder.At("in")}/a", place.Url);
    }

    [Fact]
    public async Task A_folder_that_is_named_through_a_link_is_followed_because_its_user_named_it()
    {
        _folder.Write("v3/a", "x");
        Directory.CreateSymbolicLink(_folder.At("current"), _folder.At("v3"));
        using var stores = Open();

        var done = await new StoreTransfers(stores).Download(
            $"file://{_folder.At("current")}", null, _folder.At("out"), FileSharing.Clone, Cancel);

        Assert.Equal(1, done.Files);
    }

    [Fact]
    public async Task Two_processes_may_use_one_state_folder()
    {
        using var one = ObjectStores.Open(StoreLayout.Plain(_folder.At("state"), _folder.Path), TimeProvider.System);
        using var other = ObjectStores.Open(StoreLayout.Plain(_folder.At("state"), _folder.Path), TimeProvider.System);
        var here = await one.Bucket("b", true, Cancel);
        var there = await other.Bucket("b", true, Cancel);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
            await (i % 2 == 0 ? here : there).Put(
                "lock", new Content.Bytes(new[] { (byte)i }), new WriteTerms { IfGeneration = 0 }, Cancel)));

        Assert.Single(answers.OfType<WriteAnswer.Written>());
        Assert.Equal((await here.Stat("lock", Cancel))!.Generation, (await there.Stat("lock", Cancel))!.Generation);
    }

    public void Dispose() => _folder.Dispose();

    private ObjectStores Open(params DeclaredStore[] declared) => ObjectStores.Open(
        new StoreLayout(_folder.At("state"), _folder.Path, declared, MakeUndeclared: false), TimeProvider.System);
}
