using Cairn.Graphs.Yaml;

namespace Cairn.Graphs.Validation;

/// <summary>Names of graphs, groups, tasks and credentials (spec/osmo.md 1.3).</summary>
internal static class NameRule
{
    /// <summary>Longest name.</summary>
    public const int Limit = 64;

    /// <summary>What a bare task's group adds to its name.</summary>
    public const string GroupSuffix = "-group";

    /// <summary>A letter, then letters, digits, `-` and `_`, the last one a letter or digit.</summary>
    public static bool IsName(ReadOnlySpan<char> name)
    {
        if (name.Length == 0 || !char.IsAsciiLetter(name[0]) || !char.IsAsciiLetterOrDigit(name[^1]))
            return false;
        foreach (var c in name)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_'))
                return false;
        return true;
    }

    /// <summary>Two names that are equal so are the same to the original.</summary>
    public static string Normalise(string name) => name.ToLowerInvariant().Replace('_', '-');

    /// <summary>The name in a field, checked; empty, and an error, when there is none.</summary>
    public static string Read(MapReader reader, Findings findings)
    {
        if (reader.Node["name"] is { } node && node is not YamlNode.Text)
        {
            reader.Find("name");
            findings.Error(node, $"{reader.Where}: name must be a text, but is {NodeWords.Of(node)}", "quote it");
            return "";
        }

        var name = reader.RequiredText("name");
        if (name.Length > 0 || reader.Node["name"] is not null)
            Check(name, reader, findings);
        return name;
    }

    private static void Check(string name, MapReader reader, Findings findings)
    {
        var node = reader.Node["name"];
        if (!IsName(name))
        {
            findings.Error(
                node,
                $"Name \"{NodeWords.Cut(name)}\" of {reader.Where} is not valid",
                "a letter first, then letters, digits, - and _; the last one a letter or digit");
        }

        if (name.Length > Limit)
            findings.Error(node, $"Name {name} is too long. It must be {Limit} characters or less.");
    }
}
