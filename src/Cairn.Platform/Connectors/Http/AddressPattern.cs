using System.Text.RegularExpressions;

namespace Cairn.Platform.Connectors.Http;

/// <summary>A prefix of addresses: `*` stands for any text without a slash.</summary>
internal sealed class AddressPattern
{
    private readonly Regex _form;

    public AddressPattern(string pattern) => _form = new Regex(
        @"\A" + Regex.Escape(pattern.TrimEnd('/')).Replace(@"\*", "[^/?#]*", StringComparison.Ordinal)
        + @"(?<rest>([/?#].*)?)\z",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
        | RegexOptions.ExplicitCapture);

    /// <summary>What follows the prefix in an address, or null when it does not begin so.</summary>
    public string? Rest(string address)
    {
        var match = _form.Match(address);
        return match.Success ? match.Groups["rest"].Value : null;
    }
}
