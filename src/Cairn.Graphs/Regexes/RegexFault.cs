namespace Cairn.Graphs.Regexes;

/// <summary>Something that Python's regex compiler refuses, on its way to <see cref="PathPattern"/>.</summary>
internal sealed class RegexFault(string message) : Exception(message);
