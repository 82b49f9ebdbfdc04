namespace Cairn.Graphs.Yaml;

/// <summary>A place in a text; line and column count from 1.</summary>
internal readonly record struct Mark(int Line, int Column);
