using Cairn.Platform.Stores;

namespace Cairn.Platform.Tests.Stores;

/// <summary>Listings: order, prefixes, delimiters, pages.</summary>
public abstract partial class StoreConformance
{
    [Fact]
    public async Task A_listing_is_in_the_order_of_UTF8_bytes()
    {
        string[] keys = ["a", "a-b", "a.txt", "a2/x", "b/1", "b/2", "b-1/z", "ﬀ", "😀", "Z"];
        foreach (var key in keys.Where(key => key != "a"))
            await Put(key, "x");

        var listed = (await Store.List(new ListQuery(), Cancel)).Objects.Select(found => found.Key);

        Assert.Equal(["Z", "a-b", "a.txt", "a2/x", "b-1/z", "b/1", "b/2", "ﬀ", "😀"], listed);
    }

    [Fact]
    public async Task A_prefix_is_text_and_not_a_folder()
    {
        await Put("run-1/a", "x");
        await Put("run-10/a", "x");
        await Put("other", "x");

        Assert.Equal(["run-1/a", "run-10/a"], await Keys(new ListQuery { Prefix = "run-1" }));
        Assert.Equal(["run-1/a"], await Keys(new ListQuery { Prefix = "run-1/" }));
        Assert.Empty(await Keys(new ListQuery { Prefix = "none" }));
    }

    [Fact]
    public async Task A_delimiter_folds_what_lies_deeper()
    {
        foreach (var key in new[] { "a/1", "a/2", "a/b/3", "c", "d/4" })
            await Put(key, "x");

        var top = await Store.List(new ListQuery { Delimiter = "/" }, Cancel);
        var below = await Store.List(new ListQuery { Prefix = "a/", Delimiter = "/" }, Cancel);

        Assert.Equal(["a/", "d/"], top.Prefixes);
        Assert.Equal(["c"], top.Objects.Select(found => found.Key));
        Assert.Equal(["a/b/"], below.Prefixes);
        Assert.Equal(["a/1", "a/2"], below.Objects.Select(found => found.Key));
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData(null, 3)]
    [InlineData("/", 1)]
    [InlineData("/", 2)]
    [InlineData("-", 2)]
    public async Task Pages_together_are_the_whole_listing(string? delimiter, int limit)
    {
        foreach (var key in new[] { "a/1", "a/2", "a-b", "b", "c/d/1", "c/d/2", "c/e", "f-g/h", "f-g/i-j", "z" })
            await Put(key, "x");
        var whole = await Store.List(new ListQuery { Delimiter = delimiter }, Cancel);

        var query = new ListQuery { Delimiter = delimiter, Limit = limit };
        var (objects, prefixes) = (new List<string>(), new List<string>());
        for (var pages = 0; pages < 20; pages++)
        {
            var page = await Store.List(query, Cancel);
            Assert.True(page.Objects.Count + page.Prefixes.Count <= limit);
            objects.AddRange(page.Objects.Select(found => found.Key));
            prefixes.AddRange(page.Prefixes);
            if (page.Next is null)
                break;
            query = query with { After = page.Next };
        }

        Assert.Equal(whole.Objects.Select(found => found.Key), objects);
        Assert.Equal(whole.Prefixes, prefixes);
    }

    [Fact]
    public async Task A_listing_says_what_stat_says()
    {
        await Put("a", "12345");

        var listed = Assert.Single((await Store.List(new ListQuery(), Cancel)).Objects);
        var stat = await Store.Stat("a", Cancel);

        Assert.Equal((stat!.Generation, stat.Size, stat.Sha256), (listed.Generation, listed.Size, listed.Sha256));
    }
}
