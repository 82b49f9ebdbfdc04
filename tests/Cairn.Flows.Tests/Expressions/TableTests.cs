namespace Cairn.Flows.Tests.Expressions;

/// <summary>
/// The tables beside this file: an expression, and behind `=>` its value, behind `!!` its error, behind `??` why it is
/// refused; `strict` and `lenient` lines say which reading gives what, other lines hold for both.
/// </summary>
public sealed class TableTests
{
    public static TheoryData<string, string, string, string> Rows
    {
        get
        {
            var rows = new TheoryData<string, string, string, string>();
            foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Expressions"), "*.table")
                .Order(StringComparer.Ordinal))
            {
                foreach (var line in File.ReadLines(file).Where(line => line.Length > 0 && line[0] != '#'))
                    Add(rows, Path.GetFileNameWithoutExtension(file), line);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Each_row_gives_what_it_says(string table, string mode, string expression, string expected)
    {
        Assert.NotEmpty(table);

        var found = new Sandbox(mode == "lenient").Run(expression);

        Assert.Equal(expected, found);
    }

    private static void Add(TheoryData<string, string, string, string> rows, string table, string line)
    {
        string[] modes = ["strict", "lenient"];
        var mode = Array.Find(modes, mode => line.StartsWith(mode + " "));
        var rest = mode is null ? line : line[(mode.Length + 1)..];
        var sign = new[] { " => ", " !! ", " ?? " }.Select(sign => (Sign: sign, At: rest.LastIndexOf(sign)))
            .Where(found => found.At >= 0).MaxBy(found => found.At);
        var expected = (sign.Sign == " => " ? "" : sign.Sign.Trim() + " ") + rest[(sign.At + 4)..];
        foreach (var each in mode is null ? modes : [mode])
            rows.Add(table, each, rest[..sign.At], expected);
    }
}
