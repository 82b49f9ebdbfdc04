using Cairn.Cli.Terminals;

namespace Cairn.Cli.Faults;

/// <summary>
/// Prints problems for people: place, message, the source line with a caret, the hint on its own line.
/// </summary>
internal sealed class ProblemPrinter(Terminal terminal)
{
    private const int LongestSourceLine = 160;
    private readonly Dictionary<string, string[]> _sources = new(StringComparer.Ordinal);

    /// <summary>Prints all of them to stderr.</summary>
    public void Print(IReadOnlyList<Problem> problems)
    {
        foreach (var problem in problems)
            Print(problem);
        if (problems.Count > 1)
            terminal.Error.WriteLine($"{problems.Count} errors");
    }

    private void Print(Problem problem)
    {
        var place = problem.File is null ? "cairn" : string.Join(':', Parts(problem));
        terminal.Error.WriteLine($"{Bold(place + ":")} {Red("error:")} {problem.Message}");
        if (problem is { File: { } file, Line: { } line } && SourceLine(file, line) is { } source)
            Quote(source, line, problem.Column);
        if (problem.Hint is { } hint)
            terminal.Error.WriteLine($"  hint: {hint}");
    }

    private static IEnumerable<string> Parts(Problem problem)
    {
        yield return problem.File!;
        if (problem.Line is { } line)
            yield return line.ToString();
        if (problem is { Line: not null, Column: { } column })
            yield return column.ToString();
    }

    private void Quote(string source, int line, int? column)
    {
        var number = line.ToString().PadLeft(5);
        var shown = source.Length > LongestSourceLine ? source[..LongestSourceLine] + " …" : source;
        terminal.Error.WriteLine($"{number} | {shown.Replace('\t', ' ')}");
        if (column is { } at && at >= 1 && at <= LongestSourceLine)
            terminal.Error.WriteLine($"{new string(' ', 5)} | {new string(' ', at - 1)}{Red("^")}");
    }

    private string? SourceLine(string file, int line)
    {
        if (!_sources.TryGetValue(file, out var lines))
        {
            try
            {
                lines = File.ReadAllLines(file);
            }
            catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
            {
                // The message stands without the quotation.
                lines = [];
            }

            _sources[file] = lines;
        }

        return line >= 1 && line <= lines.Length ? lines[line - 1] : null;
    }

    private string Red(string text) => terminal.ColorOnError ? $"\e[1;31m{text}\e[0m" : text;

    private string Bold(string text) => terminal.ColorOnError ? $"\e[1m{text}\e[0m" : text;
}
