using System.CommandLine;
using System.Reflection;
using Cairn.Cli.Composition;
using Cairn.Cli.Terminals;
using Cairn.Flows.Compiling;
using Cairn.Flows.Linting;

namespace Cairn.Cli.Commands.Lint;

/// <summary>`cairn lint PATH…`: what will go wrong in flows though they may be valid.</summary>
internal static class LintCommand
{
    /// <summary>What it was asked.</summary>
    internal sealed record Options(
        IReadOnlyList<string> Paths, bool Lenient, LintLevel FailOn, LintFormat Format);

    /// <summary>The command.</summary>
    public static Command Create(Frame frame)
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Flows, or folders to look for them in",
            Arity = ArgumentArity.OneOrMore,
        };
        var lenient = new Option<bool>("--lenient")
        {
            Description = "Accepts what the language tolerates, and shows the valid form of it",
        };
        var failOn = new Option<LintLevel>("--fail-on")
        {
            Description = "The least finding that makes the exit code 2: error (default), warning or note",
            HelpName = "LEVEL",
            CustomParser = result => Level(result.Tokens[^1].Value, result.AddError),
        };
        var output = new Option<LintFormat>("--output", "-o")
        {
            Description = "How findings are printed: text (default), json or sarif",
            HelpName = "FORMAT",
            CustomParser = result => Format(result.Tokens[^1].Value, result.AddError),
        };
        var command = new Command("lint", "Finds what will go wrong in flows, though they may be valid")
        {
            paths, lenient, failOn, output,
        };
        command.SetAction(parsed => Run(frame, new Options(
            parsed.GetRequiredValue(paths), parsed.GetValue(lenient), parsed.GetValue(failOn),
            parsed.GetValue(output))));
        return command;
    }

    internal static int Run(Frame frame, Options options)
    {
        var files = FlowPaths.Find(frame, options.Paths, FlowPaths.IsFlow);
        var findings = files.SelectMany(file => Look(frame, file, options)).ToList();
        switch (options.Format)
        {
            case LintFormat.Json:
                new Output(frame.Terminal, OutputFormat.Json).WriteDocument(
                    new LintDocument([.. findings.Select(EntryOf)]), LintJson.Default.LintDocument);
                break;
            case LintFormat.Sarif:
                frame.Terminal.Out.WriteLine(SarifLog.Of(findings, Version));
                break;
            default:
                new LintPrinter(frame).Print(findings);
                frame.Terminal.Error.WriteLine(Summary(findings, files.Count));
                break;
        }

        return findings.Exists(finding => finding.Rule.Level <= options.FailOn) ? ExitCode.Usage : ExitCode.Done;
    }

    private static string Version =>
        typeof(Frame).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    private static IReadOnlyList<LintFinding> Look(Frame frame, string file, Options options)
    {
        var source = new FlowSource(file, SourceFile.Read(frame, file));
        return FlowLinter.Lint(source, new FlowOptions { Lenient = options.Lenient });
    }

    private static LintEntry EntryOf(LintFinding finding) => new(
        finding.Rule.Id, LintWords.Of(finding.Rule.Level), finding.Message, finding.File, finding.Line, finding.Column,
        finding.Hint);

    private static string Summary(List<LintFinding> findings, int files)
    {
        var counts = Enum.GetValues<LintLevel>()
            .Select(level => (Word: LintWords.Of(level), Count: findings.Count(one => one.Rule.Level == level)))
            .Where(level => level.Count > 0)
            .Select(level => $"{level.Count} {level.Word}{(level.Count == 1 ? "" : "s")}");
        var told = findings.Count == 0 ? "nothing found" : string.Join(", ", counts);
        return $"{told} in {files} {(files == 1 ? "flow" : "flows")}";
    }

    private static LintLevel Level(string word, Action<string> wrong)
    {
        foreach (var level in Enum.GetValues<LintLevel>())
            if (LintWords.Of(level) == word) return level;
        wrong($"'{word}' is no level: error, warning or note");
        return LintLevel.Error;
    }

    private static LintFormat Format(string word, Action<string> wrong)
    {
        switch (word)
        {
            case "text" or "table":
                return LintFormat.Text;
            case "json":
                return LintFormat.Json;
            case "sarif":
                return LintFormat.Sarif;
            default:
                wrong($"'{word}' is no output format: text, json or sarif");
                return LintFormat.Text;
        }
    }
}
