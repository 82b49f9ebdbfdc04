using Cairn.Cli.Composition;
using Cairn.Flows.Linting;

namespace Cairn.Cli.Commands.Lint;

/// <summary>Prints findings for people: place, message and rule, the source line with a caret, the hint.</summary>
internal sealed class LintPrinter(Frame frame)
{
    private const int LongestLine = 160;
    private readonly Dictionary<string, string[]> _sources = new(StringComparer.Ordinal);

    /// <summary>Prints all of them to stdout: they are what was asked for.</summary>
    public void Print(IReadOnlyList<LintFinding> findings)
    {
        foreach (var finding in findings) Print(finding);
    }

    private void Print(LintFinding finding)
    {
        var place = finding.Line is { } line ? $"{finding.File}:{line}:{finding.Column ?? 1}" : finding.File;
        var output = frame.Terminal.Out;
        output.WriteLine(
            $"{place}: {LintWords.Of(finding.Rule.Level)}: {finding.Message} [{finding.Rule.Id}]");
        if (finding.Line is { } number && SourceLine(finding.File, number) is { } source)
        {
            var shown = source.Length > LongestLine ? source[..LongestLine] + " …" : source;
            output.WriteLine($"{number,5} | {shown.Replace('\t', ' ')}");
            if (finding.Column is >= 1 and <= LongestLine)
                output.WriteLine($"      | {new string(' ', finding.Column.Value - 1)}^");
        }

        if (finding.Hint is { } hint) output.WriteLine($"  hint: {hint.ReplaceLineEndings(" ")}");
    }

    private string? SourceLine(string file, int line)
    {
        if (!_sources.TryGetValue(file, out var lines))
            _sources[file] = lines = SourceFile.Read(frame, file).ReplaceLineEndings("\n").Split('\n');
        return line <= lines.Length ? lines[line - 1] : null;
    }
}
