using Cairn.Graphs.Regexes;

namespace Cairn.Graphs.Tests.Regexes;

public sealed class PathPatternTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData("", "anything", true)]
    [InlineData(".*\\.png$", "a/b.png", true)]
    [InlineData("b", "a/b", false)]
    [InlineData("a", "abc", true)]
    [InlineData("a\\Z", "abc", false)]
    [InlineData("(?i)ABC", "abcd", true)]
    [InlineData("(?x) a b # c", "ab", true)]
    [InlineData("(?P<x>a)(?P=x)", "aa", true)]
    [InlineData("(a)(?P<n>b)(c)\\3", "abcc", true)]
    [InlineData("(?!tmp).*", "tmp/x", false)]
    [InlineData("(?!tmp).*", "data/x", true)]
    [InlineData("(?a)\\w+$", "é", false)]
    [InlineData("\\w+$", "é", true)]
    [InlineData("[a-z[]+$", "a[b", true)]
    [InlineData("a{,2}$", "aa", true)]
    [InlineData("(a)?(?(1)b|c)$", "ab", true)]
    [InlineData("\\x41\\u0042", "AB", true)]
    public void A_python_regex_matches_from_the_start(string pattern, string path, bool matches)
    {
        Assert.Null(PathPattern.Fault(pattern));
        Assert.Equal(matches, PathPattern.Compile(pattern, Limit).Matches(path));
    }

    [Theory]
    [InlineData("(")]
    [InlineData("[a")]
    [InlineData("*a")]
    [InlineData("\\p{L}")]
    [InlineData("(?<n>a)")]
    [InlineData("a(?i)b")]
    [InlineData("(?P<n>a)(?P<n>b)")]
    [InlineData("\\")]
    [InlineData("\\2")]
    [InlineData("(?P=x)")]
    public void What_python_refuses_is_refused(string pattern) => Assert.NotNull(PathPattern.Fault(pattern));

    [Fact]
    public void Only_patterns_that_need_it_backtrack()
    {
        Assert.False(PathPattern.Compile("(a+)+b", Limit).Backtracks);
        Assert.True(PathPattern.Compile("(?=a)a", Limit).Backtracks);
    }
}
