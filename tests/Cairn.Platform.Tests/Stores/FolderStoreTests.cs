using Cairn.Platform.Stores;
using Cairn.Platform.Stores.Embedded;
using Cairn.Platform.Stores.Files;
using Cairn.Platform.Stores.Foreign;

namespace Cairn.Platform.Tests.Stores;

public sealed class FolderStoreTests : StoreConformance
{
    protected override bool RemembersDeletes => false;

    [Fact]
    public async Task A_file_that_somebody_changed_has_a_new_generation()
    {
        var before = await Put("a", "mine");

        await File.WriteAllTextAsync(Path.Combine(Root, "a"), "theirs", Cancel);

        var now = await Store.Stat("a", Cancel);
        Assert.True(now!.Generation > before.Generation);
        Assert.Equal("theirs", await Read("a"));
    }

    [Fact]
    public async Task An_unchanged_file_keeps_its_generation()
    {
        await File.WriteAllTextAsync(Path.Combine(Root, "a"), "theirs", Cancel);

        var first = await Store.Stat("a", Cancel);

        Assert.Equal(first!.Generation, (await Store.Stat("a", Cancel))!.Generation);
    }

    [Fact]
    public async Task A_link_to_a_file_is_read_and_a_link_to_a_folder_is_not()
    {
        var outside = Directory.CreateDirectory(Path.Combine(Root, "../outside")).FullName;
        await File.WriteAllTextAsync(Path.Combine(outside, "f"), "linked", Cancel);
        File.CreateSymbolicLink(Path.Combine(Root, "file"), Path.Combine(outside, "f"));
        Directory.CreateSymbolicLink(Path.Combine(Root, "folder"), outside);

        var listed = (await Store.List(new ListQuery(), Cancel)).Objects.Select(found => found.Key);

        Assert.Equal(["file"], listed);
        Assert.Equal("linked", await Read("file"));
    }

    [Fact]
    public async Task What_a_dead_writer_left_is_removed_and_never_listed()
    {
        var left = Path.Combine(Root, ".cairn-0123.part");
        await File.WriteAllTextAsync(left, "half", Cancel);
        Assert.Empty((await Store.List(new ListQuery(), Cancel)).Objects);

        await Put("a", "x");

        Assert.False(File.Exists(left));
    }

    [Fact]
    public async Task A_key_below_a_file_is_refused_with_the_file_named()
    {
        await Put("a", "x");

        var failure = await Assert.ThrowsAsync<StoreException>(
            async () => await Store.Put("a/b", Text("y"), WriteTerms.Any, Cancel));

        Assert.Equal(StoreFault.BadName, failure.Fault);
        Assert.Contains(Path.Combine(Root, "a"), failure.Message, StringComparison.Ordinal);
    }

    protected override ValueTask<IObjectStore> Make(string root, StoreIndex index) =>
        ValueTask.FromResult<IObjectStore>(new FolderStore(root, index, PosixFiles.Instance));
}
