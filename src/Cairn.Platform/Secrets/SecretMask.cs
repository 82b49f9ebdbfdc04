using System.Buffers;

namespace Cairn.Platform.Secrets;

/// <summary>
/// The second net of architecture 3.10: replaces values of credentials wherever a text shows them. Values below eight
/// characters are left, as they would hide half of any log. Of a value with several lines each long line is hidden, as
/// logs are read by lines.
/// </summary>
public sealed class SecretMask
{
    /// <summary>Shorter values are not hidden.</summary>
    public const int ShortestValue = 8;

    private readonly List<(string Value, string Shown)> _values;
    private readonly SearchValues<string> _search;

    /// <summary>A mask of the values of credentials.</summary>
    public SecretMask(IEnumerable<Credential> credentials)
    {
        _values =
        [
            .. from credential in credentials
               from whole in credential.Payload.Values
               from value in whole.Split('\n').Select(line => line.Trim()).Append(whole)
               where value.Length >= ShortestValue
               orderby value.Length descending, value
               select (value, credential.ToString()),
        ];
        _search = SearchValues.Create([.. _values.Select(value => value.Value)], StringComparison.Ordinal);
    }

    /// <summary>The text with each value shown as `[secret NAME]`; longer values first.</summary>
    public string Apply(string text)
    {
        if (!text.AsSpan().ContainsAny(_search))
            return text;
        foreach (var (value, shown) in _values)
            text = text.Replace(value, shown, StringComparison.Ordinal);
        return text;
    }
}
