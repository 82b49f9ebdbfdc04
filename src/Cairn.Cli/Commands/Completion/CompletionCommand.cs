using System.CommandLine;
using Cairn.Cli.Terminals;

namespace Cairn.Cli.Commands.Completion;

/// <summary>`cairn completion SHELL`: the script that makes a shell complete cairn's words.</summary>
internal static class CompletionCommand
{
    /// <summary>What it was asked.</summary>
    internal sealed record Options(string Shell);

    /// <summary>The command.</summary>
    public static Command Create(Frame frame)
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh, fish or pwsh" };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish", "pwsh");
        var command = new Command("completion", "Prints the completion script of a shell") { shell };
        command.SetAction(parsed => Run(frame, new Options(parsed.GetRequiredValue(shell))));
        return command;
    }

    internal static int Run(Frame frame, Options options)
    {
        frame.Terminal.Out.Write(ScriptOf(options.Shell));
        return ExitCode.Done;
    }

    /// <summary>Each asks cairn itself for the words: `cairn "[suggest:POSITION]" "LINE"`.</summary>
    private static string ScriptOf(string shell) => shell switch
    {
        "bash" => """
            _cairn() {
              local IFS=$'\n'
              local words
              words=$("${COMP_WORDS[0]}" "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)
              COMPREPLY=($(compgen -W "$words" -- "${COMP_WORDS[COMP_CWORD]}"))
            }
            complete -o default -F _cairn cairn

            """,
        "zsh" => """
            #compdef cairn
            _cairn() {
              local -a words_of_cairn
              words_of_cairn=("${(@f)$(cairn "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
              compadd -a words_of_cairn
              _files
            }
            compdef _cairn cairn

            """,
        "fish" => """
            complete -c cairn -a '(cairn "[suggest:"(commandline -C)"]" (commandline) 2>/dev/null)'

            """,
        _ => """
            Register-ArgumentCompleter -Native -CommandName cairn -ScriptBlock {
              param($word, $line, $position)
              cairn "[suggest:$position]" "$line" 2>$null | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
              }
            }

            """,
    };
}
