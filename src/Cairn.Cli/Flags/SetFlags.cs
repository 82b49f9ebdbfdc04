using System.CommandLine;
using Cairn.Cli.Faults;
using Cairn.Cli.Terminals;

namespace Cairn.Cli.Flags;

/// <summary>
/// `--set`, `--set-string` and `--set-env`: many pairs after one flag, flags repeatable and mixable. A later value of
/// the same name wins.
/// </summary>
internal sealed class SetFlags
{
    private readonly Option<string[]> _set = Pairs("--set", "Template values; numbers and true/false are read as such");
    private readonly Option<string[]> _setString = Pairs("--set-string", "Template values, always text");
    private readonly Option<string[]> _setEnv = Pairs("--set-env", "Environment variables of every task");

    /// <summary>Adds the three options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_set);
        command.Add(_setString);
        command.Add(_setEnv);
    }

    /// <summary>The pairs of a command line. Throws <see cref="CommandFailure"/> for one without `=`.</summary>
    public Substitutions Read(ParseResult parsed) => new(
        Split("--set", parsed.GetValue(_set)),
        Split("--set-string", parsed.GetValue(_setString)),
        Split("--set-env", parsed.GetValue(_setEnv)));

    private static Option<string[]> Pairs(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "K=V",
        AllowMultipleArgumentsPerToken = true,
        Arity = ArgumentArity.OneOrMore,
    };

    private static List<KeyValuePair<string, string>> Split(string flag, string[]? pairs)
    {
        var split = new List<KeyValuePair<string, string>>();
        foreach (var pair in pairs ?? [])
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
                throw new CommandFailure(
                    ExitCode.Usage, $"{flag} takes KEY=VALUE, and '{pair}' has no key and value",
                    "put the file before the flags: everything after a flag belongs to it until the next one");
            split.Add(new(pair[..equals], pair[(equals + 1)..]));
        }

        return split;
    }
}
