namespace Cairn.Tidy;

/// <summary>A file is one subject, a method one thought, a line one glance.</summary>
public sealed class SizeTests
{
    private const int UsualFileLines = 300;
    private const int LargestFileLines = 400;
    private const int LargestMethodLines = 70;
    private const int LongestLine = 120;

    /// <summary>
    /// Files between 300 and 400 lines, each because it is one subject that would be harder to read in parts.
    /// </summary>
    private static readonly string[] LongerFiles = [];

    /// <summary>Tables of samples, one kind a row, that would be harder to read folded.</summary>
    private static readonly string[] WideTables = ["tests/Cairn.Graphs.Tests/Templates/ExpressionGenerator.cs"];

    [Fact]
    public void A_file_has_at_most_300_lines_or_stands_on_the_list()
    {
        var long_ = Repository.Sources
            .Where(file => file.Lines.Count > (LongerFiles.Contains(file.Path) ? LargestFileLines : UsualFileLines))
            .Select(file => $"{file.Path}: {file.Lines.Count} lines");

        Findings.None(long_);
    }

    [Fact]
    public void The_list_of_longer_files_names_only_files_that_need_it()
    {
        var needless = LongerFiles.Where(path =>
            Repository.Sources.SingleOrDefault(file => file.Path == path) is not { Lines.Count: > UsualFileLines });

        Findings.None(needless);
    }

    [Fact]
    public void A_method_has_at_most_70_lines()
    {
        var longMethods = Repository.Sources.SelectMany(Member.In)
            .Where(member => member.LineCount > LargestMethodLines)
            .Select(member => $"{member.File.Path}:{member.FirstLine} {member.LineCount} lines: {member.Header}");

        Findings.None(longMethods);
    }

    [Fact]
    public void A_line_has_at_most_120_characters()
    {
        var folded = Repository.Sources.Where(file => !WideTables.Contains(file.Path));
        var wide = folded.SelectMany(file => file.Lines.Index()
            .Where(line => line.Item.Length > LongestLine)
            .Select(line => $"{file.Path}:{line.Index + 1} {line.Item.Length} characters"));

        Findings.None(wide);
    }

    [Fact]
    public void Scripts_have_at_most_400_lines()
    {
        var longScripts = Repository.Files
            .Where(path => Path.GetExtension(path) is ".py" or ".sh" or ".js" or ".mjs" or ".ts")
            .Select(path => (Path: path, Lines: Repository.Read(path).AsSpan().Count('\n')))
            .Where(file => file.Lines > LargestFileLines)
            .Select(file => $"{file.Path}: {file.Lines} lines");

        Findings.None(longScripts);
    }

    [Fact]
    public void The_brace_counter_finds_the_members_of_this_file()
    {
        var file = Repository.Sources.Single(file => file.Path.EndsWith("Cairn.Tidy/SizeTests.cs"));

        var members = Member.In(file).ToList();

        Assert.Equal(6, members.Count);
        Assert.All(members, member => Assert.StartsWith("[Fact] public void", member.Header));
        Assert.Equal(file.Lines.Count - 1, members[^1].FirstLine + members[^1].LineCount - 1);
    }
}
