namespace Cairn.Tidy;

/// <summary>Shows every finding of a rule, not the first five.</summary>
internal static class Findings
{
    public static void None(IEnumerable<string> findings)
    {
        var list = findings.ToList();
        if (list.Count > 0)
            Assert.Fail($"{list.Count} found:\n  " + string.Join("\n  ", list));
    }
}
