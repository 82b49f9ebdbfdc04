using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Cairn.Simulation.Scripts;

/// <summary>Scripts as text: what a run pins as its definition, and what a failing seed prints.</summary>
internal static class ScriptText
{
    private static readonly string[] s_verbs = ["read", "task", "put", "lock", "drop", "post"];

    /// <summary>The verbs of <see cref="Script.Effect"/>.</summary>
    public static IReadOnlyList<string> Verbs => s_verbs;

    /// <summary>The script as nested lists on one line.</summary>
    public static string Write(Script script) => script switch
    {
        Script.Sequence of => $"(seq{Parts(of.Parts)})",
        Script.Fan of => $"(fan{Parts(of.Parts)})",
        Script.Effect of => $"({of.Verb})",
        Script.Flaky of => $"(flaky {of.Failures})",
        Script.Gang of => $"(gang {of.Members})",
        Script.Sleep of => $"(sleep {of.Milliseconds})",
        Script.Listen => "(listen)",
        Script.Spin of => $"(spin {of.Steps})",
        Script.Child of => $"(child {Write(of.Body)})",
        Script.Orphan => "(orphan)",
        _ => throw new UnreachableException(),
    };

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">It is something else; the message says at which character.</exception>
    public static Script Read(string text)
    {
        var at = 0;
        var script = Read(text, ref at);
        return at == text.Length ? script : throw new FormatException($"expected the end at {at} of {text}");
    }

    private static string Parts(IReadOnlyList<Script> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts) text.Append(' ').Append(Write(part));
        return text.ToString();
    }

    private static Script Read(string text, ref int at)
    {
        Expect(text, ref at, '(');
        var word = Word(text, ref at);
        Script script = word switch
        {
            "seq" => new Script.Sequence(Parts(text, ref at)),
            "fan" => new Script.Fan(Parts(text, ref at)),
            "flaky" => new Script.Flaky(Number(text, ref at)),
            "gang" => new Script.Gang(Number(text, ref at)),
            "sleep" => new Script.Sleep(Number(text, ref at)),
            "listen" => new Script.Listen(),
            "spin" => new Script.Spin(Number(text, ref at)),
            "child" => new Script.Child(Parts(text, ref at)[0]),
            "orphan" => new Script.Orphan(),
            _ when s_verbs.Contains(word) => new Script.Effect(word),
            _ => throw new FormatException($"unknown word {word} at {at} of {text}"),
        };
        Expect(text, ref at, ')');
        return script;
    }

    private static List<Script> Parts(string text, ref int at)
    {
        var parts = new List<Script>();
        while (at < text.Length && text[at] == ' ')
        {
            at++;
            parts.Add(Read(text, ref at));
        }

        return parts;
    }

    private static string Word(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && char.IsAsciiLetterOrDigit(text[at])) at++;
        return text[start..at];
    }

    private static int Number(string text, ref int at)
    {
        Expect(text, ref at, ' ');
        return int.Parse(Word(text, ref at), CultureInfo.InvariantCulture);
    }

    private static void Expect(string text, ref int at, char expected)
    {
        if (at >= text.Length || text[at] != expected)
            throw new FormatException($"expected {expected} at {at} of {text}");
        at++;
    }
}
