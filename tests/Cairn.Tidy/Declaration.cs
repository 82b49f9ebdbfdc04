using System.Text.RegularExpressions;

namespace Cairn.Tidy;

/// <summary>A declared type: its keyword, name, bases and place.</summary>
internal sealed partial record Declaration(
    SourceFile File, string Keyword, string Name, IReadOnlyList<string> Bases, bool TopLevel, int Offset)
{
    public string Place => File.At(Offset);

    public static IReadOnlyList<Declaration> All { get; } = [.. Repository.Sources.SelectMany(In)];

    public static IEnumerable<Declaration> In(SourceFile file)
    {
        foreach (Match match in Pattern().Matches(file.Code))
        {
            var rest = file.Code.AsSpan(match.Index + match.Length);
            var end = rest.IndexOfAny('{', ';');
            var header = (end < 0 ? rest : rest[..end]).ToString();
            var lineStart = file.Code.LastIndexOf('\n', match.Index) + 1;
            yield return new Declaration(
                file,
                match.Groups["keyword"].Value.Split(' ')[0],
                match.Groups["name"].Value,
                BasesOf(header),
                !char.IsWhiteSpace(file.Code[lineStart]),
                match.Index);
        }
    }

    private static IReadOnlyList<string> BasesOf(string header)
    {
        var constraint = header.IndexOf(" where ");
        var text = constraint < 0 ? header : header[..constraint];
        for (var depth = 0; depth < 3; depth++)
            text = Parenthesised().Replace(Generic().Replace(text, ""), "");
        var colon = text.IndexOf(':');
        return colon < 0 ? [] : [.. text[(colon + 1)..].Split(',').Select(part => part.Trim().Split('.')[^1])];
    }

    [GeneratedRegex(@"\b(?<keyword>class|interface|enum|record struct|record class|record|struct)\s+(?<name>[A-Z]\w*)")]
    private static partial Regex Pattern();

    [GeneratedRegex(@"\([^()]*\)")]
    private static partial Regex Parenthesised();

    [GeneratedRegex(@"<[^<>]*>")]
    private static partial Regex Generic();
}
