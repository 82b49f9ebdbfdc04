namespace Cairn.Platform.Projects.Schema;

/// <summary>The known word that a wrong one was probably meant to be.</summary>
internal static class NearestWord
{
    /// <summary>The word with the fewest changed letters, at most a third of it and one; null when none is
    /// near.</summary>
    internal static string? Of(string word, IEnumerable<string> known) => known
        .Select(candidate => (Candidate: candidate, Changes: Changes(word, candidate)))
        .Where(found => found.Changes <= 1 + (found.Candidate.Length / 3))
        .OrderBy(found => found.Changes).ThenBy(found => found.Candidate, StringComparer.Ordinal)
        .Select(found => found.Candidate).FirstOrDefault();

    private static int Changes(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var corner = row[0]++;
            for (var j = 1; j <= to.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, corner + (from[i - 1] == to[j - 1] ? 0 : 1));
                corner = above;
            }
        }

        return row[to.Length];
    }
}
