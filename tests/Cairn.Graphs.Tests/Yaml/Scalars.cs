namespace Cairn.Graphs.Tests.Yaml;

/// <summary>Plain scalars near the borders of YAML 1.1's types.</summary>
internal static class Scalars
{
    private const string Alphabet = "0011223456789__::..--++eExXobBaAfF~TtZ ";

    public static readonly string[] Fixed =
    [
        "yes", "No", "ON", "off", "TRUE", "y", "n", "yEs", "~", "null", "Null", "nULL", "", "0", "-0", "+0", "00", "07",
        "08", "0o17", "0x1F", "0x_", "0b101", "0b_1", "0b", "1_000", "_1", "1_", "1:30", "1:30:00", "1:60", "190:20:30",
        "-1:30", "1:30.5", "1e3", "1.e+3", "1.5e3", "1.5e+3", ".5", "._5", "-.5", "+.5e-2", ".inf", "-.INF", "+.Inf",
        ".nan", ".NaN", "-.nan", ".", "-", "1.", "1_0.5_0", "22.10", "2024-01-01", "2024-1-1", "2024-02-30",
        "2024-01-01 10:00:00", "2024-01-01T10:00:00Z", "2024-1-1 1:00:00.5 +1:30",
        "2024-01-01T10:00:00.123456789-05:00",
        "2024-01-01 10:00:00 -00:30", "2024-01-01 24:00:00", "0001-01-01", "0000-01-01", "<<x", "a: b: c", "0.1e+400",
        "123456789012345678901234567890", "1e400", "0.30000000000000004", "1.0e+16", "1.0e-5", "!!str 12", "!!int '12'",
        "!!float 3", "!!bool 'Yes'", "!!null ''", "!!binary aGVsbG8=", "!!int abc", "!foo bar", "! 12", "'12'",
        "\"\\x41\"",
        "!!timestamp '2024-01-01'", "0_7", "0__", "+1_2:3_0", "1:3_0", "-0x1f", "-0b11", "+07", "0.0", "-0.0", "1__0",
        "a#b", "a #b", "@a", "`a", "%a", "a\tb", "?a", "-a", "- a", "? a", "[", "]", "{", "}", "{}", "[]", "[,]",
        "*a", "&a b",
        "|\n a", ">\n a\n b", "'it''s'", "\"a\\nb\"", "a\u0007b", "é", "☃", "\U0001F600",
    ];

    public static string Any(Random random)
    {
        var length = random.Next(1, 12);
        return string.Create(length, random, (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = Alphabet[source.Next(Alphabet.Length)];
        });
    }
}
