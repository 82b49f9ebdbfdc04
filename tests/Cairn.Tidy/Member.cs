using System.Text.RegularExpressions;

namespace Cairn.Tidy;

/// <summary>A method, property, constructor or operator with a body, found by counting braces.</summary>
internal sealed partial record Member(SourceFile File, string Header, int Start, int End)
{
    public int FirstLine => File.LineOf(Start);

    public int LineCount => File.LineOf(End) - FirstLine + 1;

    /// <summary>All members with a body in a file, in order.</summary>
    public static IEnumerable<Member> In(SourceFile file)
    {
        var code = file.Code;
        var start = -1;
        var depth = 0;
        for (var at = 0; at < code.Length; at++)
        {
            if (start < 0 && !char.IsWhiteSpace(code[at]))
                start = at;
            switch (code[at])
            {
                case '(' or '[':
                    depth++;
                    break;
                case ')' or ']':
                    depth--;
                    break;
                case ';' when depth == 0:
                    if (code[start..at].Contains("=>"))
                        yield return new Member(file, Squeeze(code[start..at]), start, at);
                    start = -1;
                    break;
                case '}':
                    start = -1;
                    break;
                case '{' when depth == 0 && TypeHeader().IsMatch(code[start..at]):
                    start = -1;
                    break;
                case '{' when depth == 0:
                    var close = MatchingBrace(code, at);
                    var header = Squeeze(code[start..at]);
                    if (!IsInitializer(header))
                        yield return new Member(file, header, start, close);
                    at = close;
                    start = header.Contains("=>") || IsInitializer(header) ? start : -1;
                    break;
            }
        }
    }

    private static int MatchingBrace(string code, int open)
    {
        var depth = 0;
        for (var at = open; at < code.Length; at++)
        {
            depth += code[at] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
                return at;
        }

        return code.Length - 1;
    }

    /// <summary>`Type Name = …`: data, not behaviour; a table may be long.</summary>
    private static bool IsInitializer(string header)
    {
        var depth = 0;
        for (var at = 0; at < header.Length; at++)
        {
            depth += header[at] switch { '(' or '[' => 1, ')' or ']' => -1, _ => 0 };
            if (header[at] == '=' && depth == 0)
                return at + 1 >= header.Length || header[at + 1] != '>';
        }

        return false;
    }

    private static string Squeeze(string text) => string.Join(' ', text.Split(default(char[]), (StringSplitOptions)3));

    [GeneratedRegex(@"\b(namespace|class|struct|interface|record|enum|extension)\b(?![^;{]*=>)")]
    private static partial Regex TypeHeader();
}
