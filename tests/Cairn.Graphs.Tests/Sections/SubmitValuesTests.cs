using Cairn.Graphs.Rendering;
using Cairn.Graphs.Sections;
using Cairn.Graphs.Tests.Yaml;
using Cairn.Graphs.Yaml;

namespace Cairn.Graphs.Tests.Sections;

/// <summary>Values from the command line: spec/osmo.md 2.4.</summary>
public sealed class SubmitValuesTests
{
    private const string Script = """
        import sys, json
        def coerce(v):
            for t in (int, float):
                try: return [t.__name__, str(t(v))]
                except ValueError: pass
            return ["str", v]
        json.dump([coerce(v) for v in json.load(sys.stdin)], sys.stdout)
        """;

    [Fact]
    public void Given_values_become_what_python_makes_of_them()
    {
        var random = new Random(5);
        string[] alphabet = ["0", "1", "9", "_", ".", "e", "E", "+", "-", " ", "x", "n", "a", "i", "f", "٣",
            "१", "\u3000", "𝟗"];
        string[] fixedTexts = ["007", "1_000", " 5 ", "1.", "1__0", "0x10", "1e3", "22.10", "nan", "inf", "-Infinity",
            "+nan", "false", "", ".5", "1e400", "-0", "-0.0", "1e-400", "1_0.0_1e1_0", "infinit", "\u20295", "1,5",
            "(5)", "5-", "+-5"];
        var texts = fixedTexts.Concat(Enumerable.Range(0, 5000).Select(_ => string.Concat(
            Enumerable.Range(0, random.Next(1, 7)).Select(_ => alphabet[random.Next(alphabet.Length)])))).ToList();

        var expected = PythonOracle.Ask(Script, texts);

        var differences = texts.Select((text, i) => (text, theirs: expected[i]!.ToJsonString(), ours: Show(text)))
            .Where(pair => pair.theirs != pair.ours).Take(10);
        Assert.Empty(differences);
    }

    [Fact]
    public void A_value_without_an_equals_sign_is_refused() =>
        Assert.Equal(
            ["Data x is incorrectly formatted", "Environment variable y is incorrectly formatted"],
            Graphs.Errors(Graphs.WithTask(""), new GraphValues { Set = ["x"], SetEnv = ["y"] }));

    [Theory]
    [InlineData("v=22.10", "set-lossy")]
    [InlineData("v=007", "set-lossy")]
    [InlineData("v=false", "set-truthy")]
    public void A_value_that_is_not_as_it_looks_is_warned_about(string item, string code) =>
        Assert.Contains(code, Graphs.Warnings(Graphs.WithTask("args: [\"{{v}}\"]"), new GraphValues { Set = [item] }));

    [Fact]
    public void A_value_that_no_template_reads_is_warned_about() =>
        Assert.Contains("set-unused", Graphs.Warnings(Graphs.WithTask(""), new GraphValues { Set = ["v=1"] }));

    [Fact]
    public void Environment_is_merged_over_each_task_and_keeps_later_equals_signs()
    {
        var values = new GraphValues { SetEnv = ["A=1=2", "B=3"] };

        var task = Graphs.Spec(Graphs.WithTask("environment: {B: 1, C: 2}"), values).Groups[0].Tasks[0];

        Assert.Equal(["B=3", "C=2", "A=1=2"], task.Environment.Select(pair => $"{pair.Name}={pair.Value}"));
    }

    private static string Show(string text)
    {
        var value = SetValues.Coerce(text);
        var kind = value switch { YamlNode.Integer => "int", YamlNode.Float => "float", _ => "str" };
        return new System.Text.Json.Nodes.JsonArray(kind, PythonText.Of(value)).ToJsonString();
    }
}
