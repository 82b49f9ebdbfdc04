using Cairn.Graphs.Yaml;

namespace Cairn.Graphs.Validation;

/// <summary>Knows where a place of the rendered text comes from in the file.</summary>
internal interface ISourceLines
{
    /// <summary>The place in the file.</summary>
    SourcePlace Locate(Mark rendered);
}

/// <summary>A place in a graph's file; a note says so when it is only the best guess.</summary>
internal readonly record struct SourcePlace(int? Line, int? Column, string? Note);

/// <summary>The rendered text is the file's own, some lines further down.</summary>
internal sealed class ShiftedLines(int linesBefore) : ISourceLines
{
    /// <inheritdoc/>
    public SourcePlace Locate(Mark rendered) => new(rendered.Line + linesBefore, rendered.Column, null);
}
