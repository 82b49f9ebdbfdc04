using System.CommandLine;
using Cairn.Cli.Faults;
using Cairn.Cli.Terminals;
using Cairn.Graphs.Rendering;

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
    public GraphValues Read(ParseResult parsed) => new()
    {
        Set = Checked("--set", parsed.GetValue(_set)),
        SetString = Checked("--set-string", parsed.GetValue(_setString)),
        SetEnv = Checked("--set-env", parsed.GetValue(_setEnv)),
    };

    private static Option<string[]> Pairs(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "K=V",
        AllowMultipleArgumentsPerToken = true,
        Arity = ArgumentArity.OneOrMore,
    };

    private static string[] Checked(string flag, string[]? pairs)
    {
        if (pairs?.FirstOrDefault(pair => pair.IndexOf('=', StringComparison.Ordinal) <= 0) is { } stray)
            throw new CommandFailure(
                ExitCode.Usage, $"{flag} takes KEY=VALUE, and '{stray}' has no key and value",
                "put the file before the flags: everything after a flag belongs to it until the next one");
        return pairs ?? [];
    }
}
