using System.CommandLine;
using Cairn.Cli.Composition;
using Cairn.Cli.Faults;
using Cairn.Cli.Flags;
using Cairn.Cli.Terminals;
using Cairn.Graphs.Rendering;

namespace Cairn.Cli.Commands.Validate;

/// <summary>`cairn validate FILE…`: everything that can be known without running.</summary>
internal static class ValidateCommand
{
    /// <summary>What it was asked.</summary>
    internal sealed record Options(IReadOnlyList<string> Files, GraphValues Values, bool Strict, OutputFormat Format);

    /// <summary>The command.</summary>
    public static Command Create(Frame frame)
    {
        var files = new Argument<string[]>("FILE") { Description = "Graphs", Arity = ArgumentArity.OneOrMore };
        var strict = new Option<bool>("--strict") { Description = "Limits of the original are errors, not warnings" };
        var values = new SetFlags();
        var command = new Command("validate", "Says all that is wrong with graphs, without running them") { files, strict };
        values.AddTo(command);
        command.SetAction(parsed => Run(frame, new Options(
            parsed.GetRequiredValue(files), values.Read(parsed), parsed.GetValue(strict), GlobalFlags.FormatOf(parsed))));
        return command;
    }

    internal static int Run(Frame frame, Options options)
    {
        var outcomes = options.Files
            .Select(file => (File: file, Found: Compile(frame, file, options)))
            .ToList();
        var problems = outcomes.SelectMany(outcome => outcome.Found.Problems).ToList();
        var output = new Output(frame.Terminal, options.Format);
        var document = new ValidityDocument(problems.Count == 0, problems.Count == 0 ? null : problems);
        if (output.IsDocument)
            output.WriteDocument(document, ProblemJson.Default.ValidityDocument);
        else
            Show(frame, options, outcomes, problems);
        return problems.Count == 0 ? ExitCode.Done : ExitCode.Usage;
    }

    private static (IReadOnlyList<Problem> Problems, int Tasks, IReadOnlyList<string> Warnings) Compile(
        Frame frame, string file, Options options)
    {
        try
        {
            var outcome = GraphFile.Compile(frame, file, options.Values, new GraphOptions { Strict = options.Strict });
            return (
                [.. outcome.Errors.Select(GraphFile.ProblemOf)],
                outcome.Spec?.Groups.Sum(group => group.Tasks.Count) ?? 0,
                [.. outcome.Warnings.Select(warning => $"{warning.File}:{warning.Line} warning: {warning.Message}")]);
        }
        catch (CommandFailure unreadable)
        {
            // The other files are looked at all the same.
            return (unreadable.Problems, 0, []);
        }
    }

    private static void Show(
        Frame frame,
        Options options,
        List<(string File, (IReadOnlyList<Problem> Problems, int Tasks, IReadOnlyList<string> Warnings) Found)> outcomes,
        List<Problem> problems)
    {
        foreach (var warning in outcomes.SelectMany(outcome => outcome.Found.Warnings))
            frame.Terminal.Error.WriteLine(warning);
        new ProblemPrinter(frame.Terminal).Print(problems);
        foreach (var (file, found) in outcomes.Where(outcome => outcome.Found.Problems.Count == 0))
            frame.Terminal.Out.WriteLine(
                options.Format == OutputFormat.Name ? file : $"{file}: valid, {found.Tasks} tasks");
    }
}
