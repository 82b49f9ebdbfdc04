using System.Text.RegularExpressions;
using Cairn.Flows.Expressions;
using Cairn.Flows.Regexes;

namespace Cairn.Flows.Tests.Regexes;

public sealed class RegexTests
{
    private static readonly Evaluation Evaluation = new(EvaluationInputs.None, isLenient: false);

    public static TheoryData<string, string, string, string> Rows
    {
        get
        {
            var rows = new TheoryData<string, string, string, string>();
            var path = Path.Combine(AppContext.BaseDirectory, "Regexes", "regexes.table");
            foreach (var line in File.ReadLines(path).Where(line => line.Length > 0 && line[0] != '#'))
            {
                var end = line.LastIndexOf(" | ");
                var start = line.LastIndexOf(" | ", end - 1);
                var matches = line[(end + 3)..].Split(" / ");
                var text = line[(start + 3)..end].Replace("\\n", "\n").Replace("\\t", "\t");
                rows.Add(line[..start].TrimEnd(), text, matches[0], matches[^1]);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_pattern_finds_what_the_table_says(string pattern, string text, string preferred, string longest)
    {
        Assert.Equal(preferred, Matches(pattern, text, isLongest: false));
        Assert.Equal(longest, Matches(pattern, text, isLongest: true));
        Assert.True(FlowRegex.Of(pattern).IsMatch(text, Evaluation));
    }

    [Theory]
    [InlineData("(", "missing closing )")]
    [InlineData(")", "unexpected )")]
    [InlineData("a)b", "unexpected )")]
    [InlineData("[a", "missing closing ]: [a")]
    [InlineData("[z-a]", "invalid character class range: z-a")]
    [InlineData("[[:nope:]]", "invalid character class range: [:nope:]")]
    [InlineData("*a", "missing argument to repetition operator: *")]
    [InlineData("a|*", "missing argument to repetition operator: *")]
    [InlineData("a**", "bad repetition operator: **")]
    [InlineData("a{2}{3}", "bad repetition operator: {2}{3}")]
    [InlineData("a{1001}", "bad repetition operator: {1001}")]
    [InlineData("a{3,2}", "bad repetition operator: {3,2}")]
    [InlineData("((a{100}){100}){100}", "the pattern is too large: its repetitions multiply")]
    [InlineData("(?=a)", "invalid or unsupported Perl syntax: (?=")]
    [InlineData("(?!a)", "invalid or unsupported Perl syntax: (?!")]
    [InlineData("(?<=a)", "invalid or unsupported Perl syntax: (?<")]
    [InlineData("(?>a)", "invalid or unsupported Perl syntax: (?>")]
    [InlineData("(?P<1", "invalid named capture group: (?P<1")]
    [InlineData("\\1", "invalid escape sequence: \\1")]
    [InlineData("\\Z", "invalid escape sequence: \\Z")]
    [InlineData(
        "\\p{Greek}", "invalid character class range: \\p{Greek} (general categories are known, scripts are not)")]
    [InlineData("\\x{110000}", "invalid escape sequence: \\x{110000")]
    [InlineData("a\\", "trailing \\ at the end of the pattern")]
    public void What_RE2_refuses_is_refused(string pattern, string message) =>
        Assert.Equal(message, Assert.Throws<RegexFault>(() => FlowRegex.Of(pattern)).Message);

    [Fact]
    public void Preferred_matches_equal_those_of_the_base_library()
    {
        const int seed = 20250331;
        var random = new Random(seed);
        for (var i = 0; i < 3_000; i++)
        {
            var pattern = Pattern(random, 3);
            var text = string.Concat(Enumerable.Range(0, random.Next(10)).Select(_ => "abc\n"[random.Next(4)]));
            var theirs = new List<string>();
            var last = -1;
            foreach (Match match in Regex.Matches(text, $"(?:{pattern})", RegexOptions.CultureInvariant))
            {
                // There an empty match may stand right behind another, here not.
                if (match.Length > 0 || match.Index != last)
                    theirs.Add($"{match.Index}-{match.Index + match.Length}");
                last = match.Index + match.Length;
            }

            var ours = Matches(pattern, text, isLongest: false);

            Assert.True(string.Join(' ', theirs) == ours, $"seed {seed}, round {i}: {pattern} in {text}\n{ours}");
        }
    }

    [Fact]
    public void Longest_matches_equal_those_found_by_trying_all_lengths()
    {
        const int seed = 20250332;
        var random = new Random(seed);
        for (var i = 0; i < 400; i++)
        {
            var pattern = Pattern(random, 3);
            var text = string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => "abc"[random.Next(3)]));
            var regex = FlowRegex.Of(pattern);

            var found = regex.Matches(text, isLongest: true, Evaluation).Cast<(int, int)?>().FirstOrDefault();

            (int, int)? expected = null;
            for (var start = 0; start <= text.Length && expected is null; start++)
            {
                for (var end = text.Length; end >= start && expected is null; end--)
                {
                    var whole = new Regex($@"\A[abc]{{{start}}}(?:{pattern})(?<=\A[abc]{{{end}}})");
                    if (whole.IsMatch(text))
                        expected = (start, end);
                }
            }

            Assert.True(expected == found, $"seed {seed}, round {i}: {pattern} in {text}: {expected}, not {found}");
        }
    }

    private static string Matches(string pattern, string text, bool isLongest) => string.Join(
        ' ', FlowRegex.Of(pattern).Matches(text, isLongest, Evaluation).Select(match => $"{match.Start}-{match.End}"));

    private static string Pattern(Random random, int depth)
    {
        if (depth == 0)
            return ((string[])["a", "b", "c", ".", "[ab]", "[^a]", "(?:)"])[random.Next(7)];
        var part = Pattern(random, depth - 1);
        return random.Next(8) switch
        {
            0 or 1 => part + Pattern(random, depth - 1),
            2 or 3 => $"(?:{part}|{Pattern(random, depth - 1)})",
            // A loop over what may be empty means one thing here and another there.
            4 => $"(?:a{part})*",
            5 => $"(?:b{part})+?",
            6 => $"(?:{part})?",
            _ => $"(?:a{part}){{1,2}}",
        };
    }
}
