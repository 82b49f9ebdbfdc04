using Cairn.Platform.Triggers.Patterns;

namespace Cairn.Platform.Tests.Triggers;

public sealed class PathTemplateTests
{
    [Theory]
    [InlineData("scenes/{scene_id}/usd/.usd_complete", "scenes/kitchen/usd/.usd_complete", "scene_id=kitchen")]
    [InlineData("scenes/{id}/images/{file}.{png,jpg}", "scenes/k/images/a.b.jpg", "id=k file=a.b")]
    [InlineData("scenes/{id}/{rest=**}", "scenes/k/a/b/c", "id=k rest=a/b/c")]
    [InlineData("{run=v*}/done", "v12/done", "run=v12")]
    [InlineData("a/**/z", "a/z", "")]
    [InlineData("a/**/z", "a/b/c/z", "")]
    [InlineData("**/{name}.json", "queue/deep/x.json", "name=x")]
    [InlineData("**", "anything/at/all", "")]
    [InlineData("img_?.[pj]ng", "img_7.jng", "")]
    [InlineData("[!.]*", "visible", "")]
    [InlineData(@"literal\{star\}\*", "literal{star}*", "")]
    [InlineData("{a}-{b}", "x-y-z", "a=x-y b=z")]
    [InlineData("ünï/{x}", "ünï/日本", "x=日本")]
    [InlineData("**/a/**/{last}", "a/a/a", "last=a")]
    public void A_name_that_fits_gives_its_captures(string pattern, string name, string captures)
    {
        var fits = Assert.IsType<NameMatch.Fits>(PathTemplate.Parse(pattern).Match(name));

        Assert.Equal(captures, string.Join(' ', fits.Captures.Select(found => $"{found.Key}={found.Value}")));
    }

    [Theory]
    [InlineData("scenes/{id}/usd/.done", "scenes/k/assets/.done",
        "part 3 of the name is `assets`, the pattern wants `usd`")]
    [InlineData("scenes/{id}/usd/.done", "scenes/k/usd", "the name ends where the pattern wants `.done`")]
    [InlineData("scenes/{id}/usd", "scenes/k/usd/.done", "the name goes on with `.done` where the pattern ends")]
    [InlineData("scenes/{id}/.done", "scenes/a/b/.done", "part 3 of the name is `b`, the pattern wants `.done`")]
    [InlineData("a/**/z", "a/b/c", "the name ends where the pattern wants `z`")]
    [InlineData("*.png", "x.PNG", "part 1 of the name is `x.PNG`, the pattern wants `*.png`")]
    [InlineData("{id=v*}", "w1", "part 1 of the name is `w1`, the pattern wants `{id=v*}`")]
    public void A_name_that_does_not_fit_gives_the_place(string pattern, string name, string reason) =>
        Assert.Equal(reason, Assert.IsType<NameMatch.Misses>(PathTemplate.Parse(pattern).Match(name)).Reason);

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("/a", "begins with a slash")]
    [InlineData("a//b", "empty part")]
    [InlineData("a/", "empty part")]
    [InlineData("a/{id", "open {")]
    [InlineData("a/[x", "open [")]
    [InlineData("a**b", "must stand alone")]
    [InlineData("{9x}", "a name has letters")]
    [InlineData("{a}/{a}", "captures a twice")]
    [InlineData("{a}{a}", "captures a twice")]
    [InlineData("x\\", "backslash")]
    public void A_pattern_that_cannot_be_read_is_refused_with_the_reason(string pattern, string reason) =>
        Assert.Contains(
            reason, Assert.Throws<PatternException>(() => PathTemplate.Parse(pattern)).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("scenes/{id}/x", "scenes/")]
    [InlineData("scenes/kitchen/x", "scenes/kitchen/x")]
    [InlineData("**/x", "")]
    [InlineData(@"a\*/b/*", "a*/b/")]
    public void A_listing_looks_only_below_the_literal_beginning(string pattern, string prefix) =>
        Assert.Equal(prefix, PathTemplate.Parse(pattern).LiteralPrefix);

    [Fact]
    public void Many_deep_stars_do_not_make_a_match_slow()
    {
        var pattern = PathTemplate.Parse(string.Join('/', Enumerable.Repeat("**/a", 40)) + "/end");
        var name = string.Join('/', Enumerable.Repeat("a", 400));

        Assert.IsType<NameMatch.Misses>(pattern.Match(name));
    }

    [Fact]
    public void A_regular_expression_is_anchored_and_its_groups_are_captures()
    {
        var regex = NameRegex.Parse(@"scenes/(?P<scene_id>[^/]+)/images/[^/]+\.(?:[Pp][Nn][Gg])");

        var fits = Assert.IsType<NameMatch.Fits>(regex.Match("scenes/k/images/x.PNG"));
        Assert.Equal([new("scene_id", "k")], fits.Captures);
        Assert.IsType<NameMatch.Misses>(regex.Match("scenes/k/images/x.PNG.bak"));
    }

    [Theory]
    [InlineData("(")]
    [InlineData("(?=x)y")]
    [InlineData(@"(a)\1")]
    public void A_regular_expression_that_is_none_or_needs_backtracking_is_refused(string text) =>
        Assert.Throws<PatternException>(() => NameRegex.Parse(text));

    [Theory]
    [InlineData("s/clip.mp4.part")]
    [InlineData("s/notes~")]
    [InlineData(".tmp123")]
    [InlineData("s/.clip.mp4.Xy12Ab")]
    [InlineData("s/..usd_complete.a1b2c3")]
    public void Unfinished_files_are_known_by_their_names(string name) => Assert.NotNull(TemporaryNames.Reason(name));

    [Theory]
    [InlineData("s/.usd_complete")]
    [InlineData("s/.interactive_summary.json")]
    [InlineData("s/.scene.marker")]
    [InlineData("part")]
    public void Markers_are_no_unfinished_files(string name) => Assert.Null(TemporaryNames.Reason(name));
}
