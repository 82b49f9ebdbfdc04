namespace Cairn.Platform.Connectors.Calls;

/// <summary>Names of resources such as `projects/P/locations/L/jobs/J`.</summary>
internal static class ResourcePath
{
    /// <summary>
    /// The parts of a name where its form has a `*`; 400 when it is not of that form. The last part of the form may be
    /// `**` for whatever follows.
    /// </summary>
    public static string[] Parts(string name, string form)
    {
        var (given, wanted) = (name.Split('/'), form.Split('/'));
        var open = wanted[^1] == "**";
        if (open && given.Length >= wanted.Length)
            given = [.. given[..(wanted.Length - 1)], string.Join('/', given[(wanted.Length - 1)..])];
        if (given.Length != wanted.Length)
            throw Wrong(name, form);
        List<string> parts = [];
        for (var i = 0; i < wanted.Length; i++)
        {
            if (wanted[i] is "*" or "**" && given[i].Length > 0)
                parts.Add(given[i]);
            else if (given[i] != wanted[i])
                throw Wrong(name, form);
        }

        return [.. parts];
    }

    private static CallFault Wrong(string name, string form) => CallFault.Bad(
        $"Invalid resource name \"{name}\": it should be of the form " + form
            .Replace("**", "PATH", StringComparison.Ordinal).Replace("*", "NAME", StringComparison.Ordinal));
}
