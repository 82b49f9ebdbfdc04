namespace Cairn.Flows.Regexes;

/// <summary>Something that RE2 refuses; the message is the user's.</summary>
internal sealed class RegexFault(string message) : Exception(message);
