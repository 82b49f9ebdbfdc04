using System.CommandLine;
using Cairn.Cli.Composition;
using Cairn.Cli.Faults;
using Cairn.Cli.Flags;
using Cairn.Cli.Terminals;
using Cairn.Flows.Compiling;
using Cairn.Graphs.Rendering;
using Cairn.Platform.Projects;
using Cairn.Platform.Triggers;

namespace Cairn.Cli.Commands.Validate;

/// <summary>`cairn validate FILE…`: everything that can be known without running.</summary>
internal static class ValidateCommand
{
    /// <summary>What it was asked.</summary>
    internal sealed record Options(IReadOnlyList<string> Files, GraphValues Values, bool Strict, OutputFormat Format)
    {
        /// <summary>Flows may use constructs that the language does not have.</summary>
        public bool Lenient { get; init; }

        /// <summary>The state folder, or null.</summary>
        public string? Home { get; init; }
    }

    /// <summary>The command.</summary>
    public static Command Create(Frame frame)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Flows, graphs, cairn.yaml",
            Arity = ArgumentArity.OneOrMore,
        };
        var flow = new FlowFlags();
        var values = new SetFlags();
        var command = new Command("validate", "Says all that is wrong with flows and graphs, without running them")
        {
            files,
        };
        flow.AddSwitchesTo(command);
        values.AddTo(command);
        command.SetAction(parsed => Run(frame, new Options(
            parsed.GetRequiredValue(files),
            values.Read(parsed),
            flow.Switches(parsed).Strict,
            GlobalFlags.FormatOf(parsed))
        {
            Lenient = flow.Switches(parsed).Lenient,
            Home = parsed.GetValue(GlobalFlags.Home),
        }));
        return command;
    }

    internal static int Run(Frame frame, Options options)
    {
        // A project that is wrong itself is a finding like others when it is what was asked about.
        var project = options.Files.Any(file => Path.GetFileName(file) != ProjectPlaces.FileName)
            ? Site.Find(frame, options.Home).Project
            : null;
        var findings = options.Files.Select(file => Look(frame, file, options, project!)).ToList();
        var problems = findings.SelectMany(found => found.Problems).ToList();
        var output = new Output(frame.Terminal, options.Format);
        var document = new ValidityDocument(problems.Count == 0, problems.Count == 0 ? null : problems);
        if (output.IsDocument)
            output.WriteDocument(document, ProblemJson.Default.ValidityDocument);
        else
            Show(frame, options, findings, problems);
        return problems.Count == 0 ? ExitCode.Done : ExitCode.Usage;
    }

    private static Finding Look(Frame frame, string file, Options options, Project project)
    {
        try
        {
            var text = SourceFile.Read(frame, file);
            if (Path.GetFileName(file) == ProjectPlaces.FileName)
                return LookAtProject(file, ProjectReader.Load(frame.PathOf(file), Site.Places(frame, options.Home)));
            if (SourceLanguage.IsFlow(text))
                return LookAtFlow(new FlowSource(file, text), options, project);
            var outcome = GraphFile.Compile(frame, file, options.Values, new GraphOptions
            {
                Strict = options.Strict,
                RetriesOf = name =>
                    (project.Pools.FirstOrDefault(pool => pool.Name == name) ?? project.DefaultPool).MaxRetryPerTask,
            });
            return new Finding(
                file,
                $"{outcome.Spec?.Groups.Sum(group => group.Tasks.Count) ?? 0} tasks",
                [.. outcome.Errors.Select(GraphFile.ProblemOf)],
                [.. outcome.Warnings.Select(warning => $"{warning.File}:{warning.Line} warning: {warning.Message}")]);
        }
        catch (ProjectException wrong)
        {
            return new Finding(file, "", [.. wrong.Problems.Select(Site.ProblemOf)], []);
        }
        catch (CommandFailure unreadable)
        {
            // The other files are looked at all the same.
            return new Finding(file, "", unreadable.Problems, []);
        }
    }

    private static Finding LookAtProject(string file, Project project) => new(
        file,
        $"{project.Triggers.Count} triggers",
        [],
        [
            .. project.Notices.Select(notice => $"{notice.File}:{notice.Line} warning: {notice.Message}"),
            .. TriggerOverlaps.Find(project.Triggers).Select(overlap =>
                $"{file} warning: triggers {overlap.First.Id} and {overlap.Second.Id} both start {overlap.First.Run} "
                + $"for an object such as {overlap.Example}"),
        ]);

    private static Finding LookAtFlow(FlowSource source, Options options, Project project)
    {
        var outcome = FlowCompiler.Compile(source, FlowFile.OptionsOf(project, options.Lenient, options.Strict));
        return new Finding(
            source.File,
            $"{outcome.Flow?.StepCount ?? 0} steps",
            [.. outcome.Errors.Select(FlowFile.ProblemOf)],
            [.. outcome.Warnings.Select(FlowFile.Line)]);
    }

    private static void Show(Frame frame, Options options, List<Finding> findings, List<Problem> problems)
    {
        foreach (var warning in findings.SelectMany(found => found.Warnings))
            frame.Terminal.Error.WriteLine(warning);
        new ProblemPrinter(frame.Terminal).Print(problems);
        foreach (var found in findings.Where(found => found.Problems.Count == 0))
            frame.Terminal.Out.WriteLine(
                options.Format == OutputFormat.Name ? found.File : $"{found.File}: valid, {found.Size}");
    }

    private sealed record Finding(
        string File, string Size, IReadOnlyList<Problem> Problems, IReadOnlyList<string> Warnings);
}
