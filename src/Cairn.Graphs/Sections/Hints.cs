namespace Cairn.Graphs.Sections;

/// <summary>What to do about faults of a rendering.</summary>
internal static class Hints
{
    /// <summary>For a file that is no graph.</summary>
    public const string NoWorkflow = "a graph begins with `workflow:` in the first column";

    /// <summary>For a variable without a value in the first pass.</summary>
    public static string? Undefined(string? name) => name is null
        ? null
        : $"give it with --set {name}=VALUE, or a default under default-values";

    /// <summary>For a variable without a value in the second pass, which knows no defaults.</summary>
    public static string? UndefinedInSecondPass(string? name, IReadOnlyList<string> defaults)
    {
        if (name is null)
            return null;
        return defaults.Contains(name)
            ? $"{name} is itself a default, and defaults do not resolve inside each other: "
              + $"give it with --set {name}=VALUE"
            : $"a default or an injected file uses it: give it with --set {name}=VALUE";
    }

    /// <summary>For an injected file whose text happens to look like a template.</summary>
    public const string InjectedFile =
        "files are rendered like the graph itself: put {% raw %} before and {% endraw %} after the text, "
        + "or give its contents with base64: true";
}
