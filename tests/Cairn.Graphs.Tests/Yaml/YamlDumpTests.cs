using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cairn.Graphs.Yaml;

namespace Cairn.Graphs.Tests.Yaml;

/// <summary>Our dump of a document, against the original's dump of the same.</summary>
public sealed class YamlDumpTests
{
    private const string Script = """
        import sys, json, yaml
        out = []
        for text in json.load(sys.stdin):
            try: out.append(yaml.dump(yaml.safe_load(text), default_flow_style=False))
            except Exception as e: out.append(None)
        json.dump(out, sys.stdout)
        """;

    private static readonly string[] Bits =
    [
        "a", "word", "it's", "\"", "\\", " ", "  ", "\n", "\n\n", "\t", "é", "☃", "😀", ": ",
        " #", "-", "- ", "?", "{", "}",
        "[", "yes", "1", "0x1", "~", ",", "echo hello world and more words",
        "averyveryverylongwordwithoutanyblanksinitatall", "&x", "*x", "!", "%", "@", "`", "=", "<<", "---", "...",
        "'", "|", ">", "\u00a0", "\u2028", "\u0085", "\u0007", "\r", ":",
    ];

    [Fact]
    public void Texts_are_dumped_as_the_original_dumps_them()
    {
        var random = new Random(3);

        Compare(Enumerable.Range(0, 4000).Select(_ => Nested(random)));
    }

    [Fact]
    public void Documents_are_dumped_as_the_original_dumps_them()
    {
        var random = new Random(4);

        Compare(Enumerable.Range(0, 1000).Select(_ => Documents.Any(random, 0, 4))
            .Concat(["a: &x {b: 1}\nc: *x\nd: [*x]\n", "a: &x [1]\nb:\n- *x\n- - *x\n", "a: {}\nb: []\nc: [[], {}]\n",
                "a: [[1, [2]], {b: [c]}]\n", "f: [1e+17, 1.5, .inf, -.inf, .nan, 1.0e-7]\n"]));
    }

    private static string Nested(Random random)
    {
        var text = new StringBuilder();
        for (var i = random.Next(1, 12); i > 0; i--)
            text.Append(Bits[random.Next(Bits.Length)]);
        var quoted = $"\"{string.Concat(text.ToString().Select(Escaped))}\"";
        return random.Next(4) switch
        {
            0 => $"- {quoted}\n",
            1 => $"a:\n  b:\n    c: {quoted}\n",
            2 => $"a:\n- b: {quoted}\n",
            _ => $"k: {quoted}\n",
        };
    }

    /// <summary>YAML's escapes; a character beyond U+FFFF stands as it is, for the original knows no pairs.</summary>
    private static string Escaped(char c) => c switch
    {
        '"' or '\\' => $"\\{c}",
        < ' ' or (> '~' and < '\u00a1') or '\u2028' => $"\\u{(int)c:x4}",
        _ => c.ToString(),
    };

    private static void Compare(IEnumerable<string> documents)
    {
        var texts = documents.ToList();
        var expected = PythonOracle.Ask(Script, texts);
        var differences = new List<string>();
        for (var i = 0; i < texts.Count; i++)
        {
            if (expected[i] is not JsonValue value || YamlReader.Read(texts[i]).Node is not { } node)
                continue;
            var ours = YamlDump.Write(node);
            if (ours != (string)value! && !HasOddKeys(texts[i]))
                differences.Add($"{JsonSerializer.Serialize(texts[i])}\n{(string)value!}---\n{ours}");
        }

        Assert.True(
            differences.Count == 0, $"{differences.Count} differ:\n{string.Join('\n', differences.Take(8))}");
    }

    /// <summary>Keys of several types have no order in Python: the original then leaves them as they were.</summary>
    private static bool HasOddKeys(string text) => text.Split('\n', '{')
        .Any(line => line.TrimStart(' ', '-').Split(':')[0] is "1" or "1.5" or "~" or "yes" or "0x1" or "2024-01-01");
}
