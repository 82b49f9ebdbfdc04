using YamlDotNet.Core;
using YamlDotNet.Core.Tokens;

namespace Cairn.Graphs.Yaml;

/// <summary>
/// Inside brackets, braces and quotes the original does not look at indentation; the parser does: it takes a line there
/// that stands at or left of the key for the end of the block. Such lines are moved to the right for the parser, where
/// blanks mean nothing, and its places are counted back.
/// </summary>
internal sealed class FlowLines
{
    private const int MostRounds = 1000;
    private readonly Dictionary<int, int> _blanks = [];

    private FlowLines(string text) => Text = text;

    /// <summary>The text for the parser.</summary>
    public string Text { get; private set; }

    /// <summary>A text as it is.</summary>
    public static FlowLines Unchanged(string text) => new(text);

    /// <summary>The text with its lines moved, or null when no line has to move.</summary>
    public static FlowLines? Moved(string text)
    {
        var lines = new FlowLines(text);
        // A line that was moved lets the scanner see further: each round moves at least one more.
        for (var round = 0; round < MostRounds && lines.MoveSome(); round++)
        {
        }

        return lines._blanks.Count > 0 ? lines : null;
    }

    /// <summary>A place in <see cref="Text"/> as the place in the text that was given.</summary>
    public Mark At(in YamlDotNet.Core.Mark mark)
    {
        var (line, column) = ((int)mark.Line, (int)mark.Column);
        return new Mark(line, Math.Max(1, column - _blanks.GetValueOrDefault(line)));
    }

    /// <summary>Moves the lines of the first span that has one to move; false: none has.</summary>
    private bool MoveSome() => Starts().Any(start => Move(start, FlowEnd.Find(Text, start)));

    /// <summary>Moves the lines after a span's first one, as far as they stand left of its beginning.</summary>
    private bool Move(int start, int end)
    {
        var first = Text.AsSpan(0, start).Count('\n') + 1;
        var last = first + Text.AsSpan(start, end - start).Count('\n');
        if (first == last)
            return false;
        var column = start - Text.LastIndexOf('\n', start);
        var lines = Text.Split('\n');
        var moved = false;
        for (var line = first + 1; line <= last; line++)
        {
            if (Indent(lines[line - 1]) >= column || IsSeparator(lines[line - 1]))
                continue;
            lines[line - 1] = new string(' ', column) + lines[line - 1];
            _blanks[line] = _blanks.GetValueOrDefault(line) + column;
            moved = true;
        }

        if (moved)
            Text = string.Join('\n', lines);
        return moved;
    }

    /// <summary>
    /// Where outermost brackets and braces begin, as far as the scanner comes, and what it was at when it stopped. What
    /// lies before the first line that it misreads, it reads well.
    /// </summary>
    private IEnumerable<int> Starts()
    {
        using var reader = new StringReader(Text);
        var scanner = new Scanner(reader);
        var (depth, seen) = (0, 0);
        // Two tokens for each character are more than any text has: then the scanner walks in a circle.
        for (var tokens = 0L; tokens < 2L * Text.Length + 16 && Next(scanner) is { } token; tokens++)
        {
            seen = Math.Max(seen, (int)token.End.Index);
            if (token is FlowSequenceStart or FlowMappingStart && depth++ == 0)
                yield return (int)token.Start.Index;
            else if (token is FlowSequenceEnd or FlowMappingEnd)
                depth--;
        }

        if (FlowEnd.Ahead(Text, seen) is { } ahead)
            yield return ahead;
    }

    /// <summary>The next token; null at the end, and where the scanner gives up.</summary>
    private static Token? Next(Scanner scanner)
    {
        try
        {
            return scanner.MoveNext() && scanner.Current is not Error ? scanner.Current : null;
        }
        catch (Exception lost) when (lost is YamlException or InvalidOperationException)
        {
            return null;
        }
    }

    private static int Indent(string line) => line.Length - line.TrimStart(' ').Length;

    private static bool IsSeparator(string line) =>
        (line.StartsWith("---", StringComparison.Ordinal) || line.StartsWith("...", StringComparison.Ordinal))
        && (line.Length == 3 || char.IsWhiteSpace(line[3]));
}
