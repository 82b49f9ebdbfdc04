using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cairn.Platform.Connectors.Calls;

namespace Cairn.Platform.Connectors.Observation;

/// <summary>
/// Filters of log entries: comparisons of severity, timestamp, logName, textPayload and jsonPayload fields, joined by
/// AND. Anything else is 400 by name.
/// </summary>
internal sealed partial class EntryFilter
{
    private readonly List<(string Field, string Operation, string Value)> _terms = [];
    private readonly string[] _severities;

    private EntryFilter(string[] severities) => _severities = severities;

    /// <summary>Reads a filter; an empty one lets everything pass.</summary>
    public static EntryFilter Parse(string text, string[] severities)
    {
        var filter = new EntryFilter(severities);
        foreach (var term in AndForm().Split(text))
        {
            if (string.IsNullOrWhiteSpace(term))
                continue;
            var match = TermForm().Match(term);
            if (!match.Success || !filter.Knows(match))
                throw CallFault.Bad(
                    $"filter \"{term.Trim()}\" is not known here: compare severity, timestamp, logName, textPayload or "
                    + "jsonPayload.FIELD by = != : < <= > >=, joined by AND");
            filter._terms.Add((
                match.Groups["field"].Value, match.Groups["operation"].Value, match.Groups["value"].Value.Trim('"')));
        }

        return filter;
    }

    /// <summary>Whether an entry passes.</summary>
    public bool Holds(JsonObject entry) => _terms.TrueForAll(term => Holds(entry, term));

    private bool Knows(Match match) => match.Groups["field"].Value is var field
        && (field is "severity" or "timestamp" or "logName" or "textPayload"
            || field.StartsWith("jsonPayload.", StringComparison.Ordinal))
        && (field != "severity" || _severities.Contains(match.Groups["value"].Value.Trim('"')));

    private bool Holds(JsonObject entry, (string Field, string Operation, string Value) term)
    {
        JsonNode? value = entry;
        foreach (var part in term.Field.Split('.'))
            value = (value as JsonObject)?[part];
        var text = value?.ToString() ?? "";
        var order = term.Field == "severity"
            ? Array.IndexOf(_severities, text).CompareTo(Array.IndexOf(_severities, term.Value))
            : string.CompareOrdinal(text, term.Value);
        return term.Operation switch
        {
            "=" => order == 0,
            "!=" => order != 0,
            ":" => text.Contains(term.Value, StringComparison.OrdinalIgnoreCase),
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        };
    }

    [GeneratedRegex(@"\s+AND\s+|\n")]
    private static partial Regex AndForm();

    [GeneratedRegex("""\A\s*(?<field>[A-Za-z_.]+)\s*(?<operation><=|>=|!=|=|:|<|>)\s*(?<value>"[^"]*"|[^\s"]+)\s*\z""",
        RegexOptions.ExplicitCapture)]
    private static partial Regex TermForm();
}
