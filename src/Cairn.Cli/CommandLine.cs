using System.CommandLine;
using System.CommandLine.Parsing;
using Cairn.Cli.Faults;
using Cairn.Cli.Flags;
using Cairn.Cli.Terminals;

namespace Cairn.Cli;

/// <summary>
/// Parses a command line, runs its command, and turns whatever goes wrong into an exit code and a message.
/// </summary>
internal static class CommandLine
{
    /// <summary>Runs one invocation; returns its exit code.</summary>
    public static async Task<int> RunAsync(Frame frame, IReadOnlyList<string> arguments)
    {
        var root = CommandTree.Create(frame);
        // `@file` is a value of some options here, not a file of more arguments.
        var parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0 || UnknownFlags(parsed).Count > 0)
            return WrongUsage(frame, parsed);
        frame.AcceptsLoss = parsed.GetValue(GlobalFlags.AcceptLoss);
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                Output = frame.Terminal.Out,
                Error = frame.Terminal.Error,
                EnableDefaultExceptionHandler = false,
                // The commands that run something park it on Ctrl-C by themselves.
                ProcessTerminationTimeout = null,
            });
        }
        catch (CommandFailure failure)
        {
            return Report(frame, parsed, failure);
        }
        catch (Exception unexpected) when (Outside.Explain(unexpected) is { } failure)
        {
            if (frame.Environment("CAIRN_TRACE") == "1")
                frame.Terminal.Error.WriteLine(unexpected.ToString());
            return Report(frame, parsed, failure);
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
    }

    /// <summary>A misspelled flag reads as an argument, and then something else seems to be one too many.</summary>
    private static List<string> UnknownFlags(ParseResult parsed) =>
        [.. parsed.Tokens
            .TakeWhile(token => token.Type != TokenType.DoubleDash)
            .Where(token => token.Type == TokenType.Argument && token.Value is ['-', '-', _, ..])
            .Select(token => $"there is no flag {token.Value.Split('=')[0]}")];

    private static int WrongUsage(Frame frame, ParseResult parsed)
    {
        var named = parsed.CommandResult.Command;
        // `cairn runs` alone asks for help, not for a scolding.
        if (named.Subcommands.Count > 0 && parsed.Tokens.All(token => token.Type == TokenType.Command))
        {
            named.Parse(["--help"]).Invoke(new InvocationConfiguration { Output = frame.Terminal.Error });
            return ExitCode.Usage;
        }

        var hint = $"{string.Join(' ', Path(parsed.CommandResult))} --help";
        var words = UnknownFlags(parsed) is { Count: > 0 } unknown ? unknown : parsed.Errors
            .Select(error => error.Message.TrimEnd('.').ReplaceLineEndings(" ").Replace("\t", ""))
            .Distinct()
            .ToList();
        // The missing command is the unknown one.
        if (words.Count > 1)
            words.Remove("Required command was not provided");
        var problems = words.Select(word => new Problem(word, Hint: hint));
        return Report(frame, parsed, new CommandFailure(ExitCode.Usage, [.. problems]));
    }

    private static IEnumerable<string> Path(SymbolResult result)
    {
        if (result.Parent is { } parent)
            foreach (var name in Path(parent))
                yield return name;
        if (result is CommandResult command)
            yield return command.Command.Name;
    }

    private static int Report(Frame frame, ParseResult parsed, CommandFailure failure)
    {
        var output = new Output(frame.Terminal, GlobalFlags.FormatOf(parsed));
        if (failure.Problems.Count == 0)
            return failure.Code;
        if (output.IsDocument)
            output.WriteDocument(new ProblemDocument(failure.Problems), ProblemJson.Default.ProblemDocument);
        else
            new ProblemPrinter(frame.Terminal).Print(failure.Problems);
        return failure.Code;
    }
}
