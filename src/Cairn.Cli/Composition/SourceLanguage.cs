namespace Cairn.Cli.Composition;

/// <summary>Tells flows from graphs by what stands in a file; a graph may be a template and no YAML yet.</summary>
internal static class SourceLanguage
{
    private static readonly string[] _graphKeys = ["workflow", "version", "default-values"];

    /// <summary>Whether a text is a flow: a list of steps, or a map of routines.</summary>
    public static bool IsFlow(string text)
    {
        var hasSteps = false;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.Length == 0 || line[0] == '#' || line.Trim().Length == 0 || line.StartsWith("---"))
                continue;
            if (line[0] is ' ' or '\t')
            {
                hasSteps |= line.TrimStart().StartsWith("steps:");
                continue;
            }

            if (line[0] == '-')
                return true;
            if (line[0] is '[' or '{')
                return IsJsonFlow(text, line);
            var key = line[..Math.Max(0, line.IndexOf(':'))].Trim().Trim('"').Trim('\'');
            if (key is "main")
                return true;
            foreach (var known in _graphKeys)
                if (key.SequenceEqual(known))
                    return false;
        }

        return hasSteps;
    }

    private static bool IsJsonFlow(string text, ReadOnlySpan<char> line) =>
        !line.StartsWith("{%") && !line.StartsWith("{{") && !line.StartsWith("{#")
        && (line[0] == '[' || text.Contains("\"main\"") || text.Contains("\"steps\"") || text.Contains("main:"))
        && !text.Contains("\"workflow\"");
}
