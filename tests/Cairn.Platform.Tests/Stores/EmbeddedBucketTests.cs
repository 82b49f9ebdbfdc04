using Cairn.Platform.Stores;
using Cairn.Platform.Stores.Embedded;
using Cairn.Platform.Stores.Files;

namespace Cairn.Platform.Tests.Stores;

public sealed class EmbeddedBucketTests : StoreConformance
{
    protected override bool RemembersDeletes => true;

    [Fact]
    public async Task Hash_and_metadata_are_kept()
    {
        await Store.Put("a", Text("abc"), new WriteTerms { Metadata = [new("kind", "marker")] }, Cancel);

        var stat = await Store.Stat("a", Cancel);

        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", stat!.Sha256);
        Assert.Equal([new("kind", "marker")], stat.Metadata);
    }

    [Fact]
    public async Task A_key_and_a_key_below_it_live_together()
    {
        await Put("a", "file first");
        await Put("a/b", "then below");
        await Put("c/d", "below first");
        await Put("c", "then file");

        Assert.Equal("file first", await Read("a"));
        Assert.Equal("then below", await Read("a/b"));
        Assert.Equal("below first", await Read("c/d"));
        Assert.Equal("then file", await Read("c"));
        Assert.Equal("file first", await File.ReadAllTextAsync(Path.Combine(Root, "a"), Cancel));
        Assert.Equal("below first", await File.ReadAllTextAsync(Path.Combine(Root, "c/d"), Cancel));
    }

    [Fact]
    public async Task A_key_set_aside_comes_back_to_its_plain_path_when_it_is_written_again()
    {
        await Put("a", "in the way");
        await Put("a/b", "aside");
        await Store.Delete("a", WriteTerms.Any, Cancel);

        await Put("a/b", "plain");

        Assert.Equal("plain", await File.ReadAllTextAsync(Path.Combine(Root, "a/b"), Cancel));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(Root, ".cairn-store"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Empty_folders_go_with_their_last_object()
    {
        await Put("a/b/c", "x");

        await Store.Delete("a/b/c", WriteTerms.Any, Cancel);

        Assert.False(Directory.Exists(Path.Combine(Root, "a")));
    }

    [Fact]
    public async Task Puts_and_copies_send_finalize_events_in_order_and_repeats_send_none()
    {
        var bucket = (EmbeddedBucket)Store;
        var terms = new WriteTerms { EffectKey = "run.0.1" };

        await Store.Put("a", Text("1"), terms, Cancel);
        await Store.Put("a", Text("1"), terms, Cancel);
        await Store.Copy("a", "b", WriteTerms.Any, Cancel);
        await Store.Delete("a", WriteTerms.Any, Cancel);

        var events = bucket.Events(after: 0, limit: 10);
        Assert.Equal(
            [("a", StoreEventKind.Finalized), ("b", StoreEventKind.Finalized), ("a", StoreEventKind.Deleted)],
            events.Select(happened => (happened.Key, happened.Kind)));
        Assert.Equal([events[2]], bucket.Events(events[1].Number, 10));
    }

    [Fact]
    public async Task A_file_removed_by_hand_is_reported_and_not_an_empty_object()
    {
        await Put("a", "x");
        File.Delete(Path.Combine(Root, "a"));

        var failure = await Assert.ThrowsAsync<StoreException>(async () => await Store.Open("a", Cancel));

        Assert.Equal(StoreFault.Damaged, failure.Fault);
    }

    [Fact]
    public async Task A_copy_repeated_gives_the_first_answer_even_when_its_source_changed()
    {
        await Put("a", "1");
        var terms = new WriteTerms { EffectKey = "run.0.1" };
        var first = (WriteAnswer.Written?)await Store.Copy("a", "b", terms, Cancel);
        await Put("a", "2");

        var again = (WriteAnswer.Written?)await Store.Copy("a", "b", terms, Cancel);

        Assert.True(again!.Repeated);
        Assert.Equal(first!.Object.Generation, again.Object.Generation);
        Assert.Equal("1", await Read("b"));
    }

    [Fact]
    public async Task A_final_file_is_linked_into_the_store()
    {
        var source = Path.Combine(Root, "../source.bin");
        await File.WriteAllTextAsync(source, "bytes", Cancel);

        await Store.Put("a", new Content.LocalFile(source, Final: true), WriteTerms.Any, Cancel);
        await File.AppendAllTextAsync(source, "!", Cancel);

        Assert.Equal("bytes!", await File.ReadAllTextAsync(Path.Combine(Root, "a"), Cancel));
    }

    protected override async ValueTask<IObjectStore> Make(string root, StoreIndex index) =>
        await EmbeddedBucket.Open("test", root, index, PosixFiles.Instance, Cancel);
}
