using Cairn.Graphs.Yaml;

namespace Cairn.Graphs.Sections;

/// <summary>What `--set`, `--set-string` and `--set-env` gave, read as the original reads it (spec 2.4).</summary>
internal static class SetValues
{
    private static readonly Mark Nowhere = new(1, 1);

    /// <summary>A `--set` value: Python's int, else its float, else a text.</summary>
    public static YamlNode Coerce(string text)
    {
        if (PythonNumber.Integer(text) is { } number)
            return new YamlNode.Integer(Nowhere, number);
        return PythonNumber.Float(text) is { } real
            ? new YamlNode.Float(Nowhere, real)
            : new YamlNode.Text(Nowhere, text);
    }

    /// <summary>A `--set-string` value.</summary>
    public static YamlNode AsText(string text) => new YamlNode.Text(Nowhere, text);

    /// <summary>Name and value of an item, split at its first `=`; null when it has none.</summary>
    public static (string Name, string Value)? Split(string item)
    {
        var at = item.IndexOf('=', StringComparison.Ordinal);
        return at < 0 ? null : (item[..at], item[(at + 1)..]);
    }
}
