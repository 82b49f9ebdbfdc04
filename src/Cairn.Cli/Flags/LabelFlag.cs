using System.CommandLine;
using Cairn.Cli.Faults;
using Cairn.Cli.Terminals;

namespace Cairn.Cli.Flags;

/// <summary>`--label k=v`, repeatable.</summary>
internal sealed class LabelFlag
{
    private readonly Option<string[]> _label = new("--label")
    {
        Description = "A label of the run",
        HelpName = "K=V",
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>Adds the option to a command.</summary>
    public void AddTo(Command command) => command.Add(_label);

    /// <summary>The pairs, in the order given.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Read(ParseResult parsed) =>
        [.. (parsed.GetValue(_label) ?? []).Select(Pair)];

    private static KeyValuePair<string, string> Pair(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            ? new(text[..equals], text[(equals + 1)..])
            : throw new CommandFailure(ExitCode.Usage, $"--label takes KEY=VALUE, not '{text}'");
    }
}
