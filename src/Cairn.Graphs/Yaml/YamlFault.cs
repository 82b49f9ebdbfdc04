namespace Cairn.Graphs.Yaml;

/// <summary>Broken YAML on its way to <see cref="YamlReader"/>, which makes it a value.</summary>
internal sealed class YamlFault(string message, Mark mark) : Exception(message)
{
    /// <summary>Where it is broken.</summary>
    public Mark Mark { get; } = mark;
}
