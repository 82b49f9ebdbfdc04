using System.CommandLine;
using Cairn.Cli.Composition;
using Cairn.Cli.Faults;
using Cairn.Cli.Terminals;

namespace Cairn.Cli.Flags;

/// <summary>`--args`, `--env`, `--lenient`, `--strict`: what a flow takes from the command line.</summary>
internal sealed class FlowFlags
{
    private readonly Option<string?> _args = new("--args")
    {
        Description = "The flow's argument",
        HelpName = "JSON|@FILE",
    };

    private readonly Option<string[]> _env = new("--env")
    {
        Description = "Environment variables of the flow",
        HelpName = "K=V",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<bool> _lenient = new("--lenient")
    {
        Description = "Runs constructs that the flow language does not have, with warnings",
    };

    private readonly Option<bool> _strict = new("--strict")
    {
        Description = "Limits of the original are errors, not warnings",
    };

    /// <summary>What was given.</summary>
    internal sealed record Given(
        string? Arguments, IReadOnlyList<KeyValuePair<string, string>> Environment, bool Lenient, bool Strict)
    {
        /// <summary>Nothing.</summary>
        public static Given None { get; } = new(null, [], false, false);
    }

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_args);
        command.Add(_env);
        AddSwitchesTo(command);
    }

    /// <summary>Adds only the switches: for commands that run nothing.</summary>
    public void AddSwitchesTo(Command command)
    {
        command.Add(_lenient);
        command.Add(_strict);
    }

    /// <summary>
    /// What a command line gives. Throws <see cref="CommandFailure"/> for a file that cannot be read and for a pair
    /// without `=`.
    /// </summary>
    public Given Read(Frame frame, ParseResult parsed) => new(
        parsed.GetValue(_args) is ['@', .. var file] ? SourceFile.Read(frame, file) : parsed.GetValue(_args),
        [.. (parsed.GetValue(_env) ?? []).Select(Pair)],
        parsed.GetValue(_lenient),
        parsed.GetValue(_strict));

    /// <summary>The switches alone.</summary>
    public Given Switches(ParseResult parsed) =>
        new(null, [], parsed.GetValue(_lenient), parsed.GetValue(_strict));

    private static KeyValuePair<string, string> Pair(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            ? new(text[..equals], text[(equals + 1)..])
            : throw new CommandFailure(ExitCode.Usage, $"--env takes KEY=VALUE, not '{text}'");
    }
}
