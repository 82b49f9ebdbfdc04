using Cairn.Graphs.Validation;
using Cairn.Graphs.Yaml;

namespace Cairn.Graphs.Sections;

/// <summary>
/// From a line of the rendered text to the line of the template that made it. Made only when an error needs it: the
/// template is rendered once more with a mark behind each of its lines, and the marks that come out tell.
/// </summary>
internal sealed class TemplateLines(Section section, string rendered, TemplateData data) : ISourceLines
{
    private int[]? _lines;

    /// <inheritdoc/>
    public SourcePlace Locate(Mark place)
    {
        if (!HiddenTokens.IsTemplate(section.Text))
            return new SourcePlace(place.Line + section.Line - 1, place.Column, null);
        _lines ??= LineMarks.Map(section.Text, rendered, data);
        var note = $"in the rendered text, line {place.Line + section.Line - 1}";
        if (place.Line > _lines.Length || _lines[place.Line - 1] == 0)
            return new SourcePlace(section.Line, null, note);
        var line = _lines[place.Line - 1];
        var same = LineOf(section.Text, line) == LineOf(rendered, place.Line);
        return new SourcePlace(line + section.Line - 1, same ? place.Column : null, same ? null : note);
    }

    private static string LineOf(string text, int line)
    {
        var lines = text.Split('\n');
        return line <= lines.Length ? lines[line - 1] : "";
    }
}
