using Cairn.Platform.Stores;

namespace Cairn.Platform.Tests.Stores;

/// <summary>Which names an object may have.</summary>
public abstract partial class StoreConformance
{
    [Theory]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    [InlineData("../outside")]
    [InlineData("a/../../outside")]
    [InlineData("a/./b")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData("..")]
    [InlineData("nul\0byte")]
    [InlineData(".cairn-store/tmp/x")]
    public async Task A_name_that_could_mean_another_place_is_refused(string key)
    {
        var put = await Assert.ThrowsAsync<StoreException>(
            async () => await Store.Put(key, Text("x"), WriteTerms.Any, Cancel));
        var stat = await Assert.ThrowsAsync<StoreException>(async () => await Store.Stat(key, Cancel));
        var delete = await Assert.ThrowsAsync<StoreException>(
            async () => await Store.Delete(key, WriteTerms.Any, Cancel));

        Assert.All([put, stat, delete], failure => Assert.Equal(StoreFault.BadName, failure.Fault));
        Assert.False(File.Exists(Path.Combine(Root, "../outside")));
    }

    [Fact]
    public async Task A_name_that_is_no_Unicode_is_refused()
    {
        var failure = await Assert.ThrowsAsync<StoreException>(
            async () => await Store.Put("lone \ud800 surrogate", Text("x"), WriteTerms.Any, Cancel));

        Assert.Equal(StoreFault.BadName, failure.Fault);
    }

    [Fact]
    public async Task A_name_of_more_than_1024_bytes_is_refused()
    {
        var key = string.Join('/', Enumerable.Repeat(new string('é', 100), 6));

        var failure = await Assert.ThrowsAsync<StoreException>(
            async () => await Store.Put(key, Text("x"), WriteTerms.Any, Cancel));

        Assert.Equal(StoreFault.BadName, failure.Fault);
        Assert.Contains("1205 bytes", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_inside_the_folder_leads_nobody_out()
    {
        var outside = Directory.CreateDirectory(Path.Combine(Root, "../outside")).FullName;
        Directory.CreateSymbolicLink(Path.Combine(Root, "way"), outside);

        var failure = await Assert.ThrowsAsync<StoreException>(
            async () => await Store.Put("way/x", Text("x"), WriteTerms.Any, Cancel));

        Assert.Equal(StoreFault.BadName, failure.Fault);
        Assert.Empty(Directory.EnumerateFileSystemEntries(outside));
    }

    [Theory]
    [InlineData("with space.txt")]
    [InlineData("ünïcödé/夜の街/🚦.mp4")]
    [InlineData("quotes ' \" and ; -- DROP")]
    [InlineData("line\nbreak")]
    [InlineData("100%")]
    [InlineData("-rf")]
    [InlineData("back\\slash")]
    public async Task Any_other_name_is_fine(string key)
    {
        await Put(key, "bytes");

        Assert.Equal("bytes", await Read(key));
        Assert.Equal([key], (await Store.List(new ListQuery(), Cancel)).Objects.Select(found => found.Key));
    }
}
