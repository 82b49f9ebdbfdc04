using System.Text;
using Cairn.Platform.Stores;
using Cairn.Platform.Stores.Embedded;

namespace Cairn.Platform.Tests.Stores;

/// <summary>What every store that can be written promises; each calls it by a subclass of a few lines.</summary>
public abstract partial class StoreConformance : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private StoreIndex? _index;
    private IObjectStore? _store;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected IObjectStore Store => _store!;

    /// <summary>The folder that mirrors the keys.</summary>
    protected string Root => _folder.At("objects");

    /// <summary>Whether the store remembers effect keys after the object is gone.</summary>
    protected abstract bool RemembersDeletes { get; }

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Root);
        _index = StoreIndex.Open(_folder.At("state"), TimeProvider.System);
        _store = await Make(Root, _index);
    }

    public ValueTask DisposeAsync()
    {
        _index?.Dispose();
        _folder.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task What_is_put_can_be_read()
    {
        var written = await Put("a/clip.mp4", "bytes");

        Assert.Equal("bytes", await Read("a/clip.mp4"));
        var stat = await Store.Stat("a/clip.mp4", Cancel);
        Assert.Equal((written.Generation, 5L), (stat!.Generation, stat.Size));
    }

    [Fact]
    public async Task A_key_is_a_plain_file_that_a_person_can_open()
    {
        await Put("videos/night street.mp4", "bytes");

        Assert.Equal("bytes", await File.ReadAllTextAsync(Path.Combine(Root, "videos/night street.mp4"), Cancel));
    }

    [Fact]
    public async Task What_is_not_there_is_null()
    {
        Assert.Null(await Store.Stat("no/such", Cancel));
        Assert.Null(await Store.Open("no/such", Cancel));
        Assert.Null(await Store.Copy("no/such", "b", WriteTerms.Any, Cancel));
    }

    [Fact]
    public async Task Each_version_has_a_larger_generation()
    {
        var first = await Put("a", "1");
        var second = await Put("a", "2");
        await Store.Delete("a", WriteTerms.Any, Cancel);
        var third = await Put("a", "3");

        Assert.True(first.Generation < second.Generation);
        Assert.True(second.Generation < third.Generation);
    }

    [Fact]
    public async Task A_reader_keeps_the_version_that_it_opened()
    {
        await Put("a", "first");
        await using var opened = await Store.Open("a", Cancel);

        await Put("a", "second");

        Assert.Equal("first", await new StreamReader(opened!.Stream).ReadToEndAsync(Cancel));
        Assert.Equal("second", await Read("a"));
    }

    [Fact]
    public async Task Readers_and_writers_at_once_see_whole_versions_and_no_lock()
    {
        await Put("a", new string('0', 100));

        var writers = Enumerable.Range(1, 30).Select(i => Put("a", new string((char)('0' + (i % 10)), 100)));
        var readers = Enumerable.Range(0, 60).Select(async _ => Assert.Single((await Read("a")).Distinct()));

        await Task.WhenAll([.. writers, .. readers]);
    }

    [Fact]
    public async Task Generation_0_means_must_not_exist()
    {
        var first = await Store.Put("lock", Text("me"), new WriteTerms { IfGeneration = 0 }, Cancel);
        var second = await Store.Put("lock", Text("you"), new WriteTerms { IfGeneration = 0 }, Cancel);

        var mine = Assert.IsType<WriteAnswer.Written>(first);
        Assert.Equal(new WriteAnswer.Refused(0, mine.Object.Generation), second);
        Assert.Equal("me", await Read("lock"));
    }

    [Fact]
    public async Task Generation_n_means_exactly_n()
    {
        var first = await Put("a", "1");
        var second = await Put("a", "2");

        var stale = await Store.Put("a", Text("3"), new WriteTerms { IfGeneration = first.Generation }, Cancel);
        var right = await Store.Put("a", Text("4"), new WriteTerms { IfGeneration = second.Generation }, Cancel);

        Assert.Equal(new WriteAnswer.Refused(first.Generation, second.Generation), stale);
        Assert.IsType<WriteAnswer.Written>(right);
        Assert.Equal("4", await Read("a"));
    }

    [Fact]
    public async Task Generation_n_of_an_absent_object_is_refused()
    {
        var answer = await Store.Put("a", Text("1"), new WriteTerms { IfGeneration = 7 }, Cancel);

        Assert.Equal(new WriteAnswer.Refused(7, 0), answer);
        Assert.Null(await Store.Stat("a", Cancel));
    }

    [Fact]
    public async Task Of_many_who_take_a_lock_one_gets_it()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(async owner =>
            await Store.Put("lock", Text($"owner {owner}"), new WriteTerms { IfGeneration = 0 }, Cancel)));

        Assert.Single(answers.OfType<WriteAnswer.Written>());
        Assert.Equal(15, answers.OfType<WriteAnswer.Refused>().Count());
    }

    [Fact]
    public async Task A_store_write_repeated_makes_no_second_generation()
    {
        var terms = new WriteTerms { EffectKey = "run.0.1" };
        var first = (WriteAnswer.Written)await Store.Put("marker", Text("done"), terms, Cancel);

        var again = (WriteAnswer.Written)await Store.Put("marker", Text("done"), terms, Cancel);

        Assert.False(first.Repeated);
        Assert.True(again.Repeated);
        Assert.Equal(first.Object.Generation, again.Object.Generation);
        Assert.Equal(first.Object.Generation, (await Store.Stat("marker", Cancel))!.Generation);
    }

    [Fact]
    public async Task A_lock_whose_reply_was_lost_is_recognised_as_ours()
    {
        var terms = new WriteTerms { EffectKey = "run.0.1", IfGeneration = 0 };
        await Store.Put("lock", Text("me"), terms, Cancel);

        var again = await Store.Put("lock", Text("me"), terms, Cancel);
        var other = await Store.Put("lock", Text("me"), terms with { EffectKey = "run.0.2" }, Cancel);

        Assert.True(Assert.IsType<WriteAnswer.Written>(again).Repeated);
        Assert.IsType<WriteAnswer.Refused>(other);
    }

    [Fact]
    public async Task A_delete_repeated_succeeds_and_spares_what_came_after()
    {
        await Put("lock", "me");
        var terms = new WriteTerms { EffectKey = "run.0.2" };
        await Store.Delete("lock", terms, Cancel);
        Assert.IsNotType<WriteAnswer.Refused>(await Store.Delete("lock", terms, Cancel));
        if (!RemembersDeletes)
            return;

        await Put("lock", "somebody else");
        var again = await Store.Delete("lock", terms, Cancel);

        Assert.True(Assert.IsType<WriteAnswer.Deleted>(again).Repeated);
        Assert.Equal("somebody else", await Read("lock"));
    }

    [Fact]
    public async Task The_same_effect_key_with_another_request_is_an_error()
    {
        var terms = new WriteTerms { EffectKey = "run.0.1" };
        await Store.Put("a", Text("one"), terms, Cancel);

        var failure = await Assert.ThrowsAsync<StoreException>(
            async () => await Store.Put("a", Text("two"), terms, Cancel));

        Assert.Equal(StoreFault.KeyReused, failure.Fault);
        Assert.Equal("one", await Read("a"));
    }

    [Fact]
    public async Task One_effect_key_may_write_many_objects()
    {
        var terms = new WriteTerms { EffectKey = "run.0.1" };

        await Store.Put("a", Text("one"), terms, Cancel);
        await Store.Put("b", Text("two"), terms, Cancel);

        Assert.Equal(("one", "two"), (await Read("a"), await Read("b")));
    }

    [Fact]
    public async Task A_delete_on_terms_deletes_that_generation_only()
    {
        var first = await Put("a", "1");
        var second = await Put("a", "2");

        var stale = await Store.Delete("a", new WriteTerms { IfGeneration = first.Generation }, Cancel);
        var right = await Store.Delete("a", new WriteTerms { IfGeneration = second.Generation }, Cancel);

        Assert.Equal(new WriteAnswer.Refused(first.Generation, second.Generation), stale);
        Assert.Equal(new WriteAnswer.Deleted(second.Generation, false), right);
        Assert.IsType<WriteAnswer.Absent>(await Store.Delete("a", WriteTerms.Any, Cancel));
    }

    [Fact]
    public async Task A_copy_is_a_put_of_the_new_name()
    {
        var source = await Put("a", "bytes");

        var copy = Assert.IsType<WriteAnswer.Written>(await Store.Copy("a", "b/c", WriteTerms.Any, Cancel));
        await Put("a", "changed");

        Assert.True(copy.Object.Generation >= source.Generation);
        Assert.Equal("bytes", await Read("b/c"));
    }

    [Fact]
    public async Task An_empty_object_is_an_object()
    {
        await Put("empty", "");

        Assert.Equal(0, (await Store.Stat("empty", Cancel))!.Size);
    }

    [Fact]
    public async Task A_file_is_stored_and_may_change_afterwards()
    {
        var file = _folder.Write("source.bin", "original");

        await Store.Put("a", new Content.LocalFile(file), WriteTerms.Any, Cancel);
        await File.AppendAllTextAsync(file, " changed", Cancel);

        Assert.Equal("original", await Read("a"));
    }

    [Fact]
    public async Task A_stream_that_breaks_leaves_nothing()
    {
        await Assert.ThrowsAnyAsync<StoreException>(
            async () => await Store.Put("a", new Content.Streamed(new BreakingStream()), WriteTerms.Any, Cancel));

        Assert.Null(await Store.Stat("a", Cancel));
        Assert.Empty(Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories));
    }

    protected abstract ValueTask<IObjectStore> Make(string root, StoreIndex index);

    protected static Content Text(string text) => new Content.Bytes(Encoding.UTF8.GetBytes(text));

    protected async Task<StoredObject> Put(string key, string text) =>
        ((WriteAnswer.Written)await Store.Put(key, Text(text), WriteTerms.Any, Cancel)).Object;

    protected async Task<string> Read(string key)
    {
        await using var opened = await Store.Open(key, Cancel);
        return await new StreamReader(opened!.Stream).ReadToEndAsync(Cancel);
    }

    private async Task<IEnumerable<string>> Keys(ListQuery query) =>
        (await Store.List(query, Cancel)).Objects.Select(found => found.Key);
}
