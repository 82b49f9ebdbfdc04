namespace Cairn.Platform.Triggers.Patterns;

/// <summary>A pattern or a timetable that cannot be read.</summary>
/// <param name="message">What is wrong, as the end of a sentence: `has an empty part`.</param>
public sealed class PatternException(string message) : Exception(message);
