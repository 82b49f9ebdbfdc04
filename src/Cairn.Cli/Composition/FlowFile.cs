using Cairn.Cli.Faults;
using Cairn.Cli.Terminals;
using Cairn.Flows.Compiling;
using Cairn.Platform.Projects;

namespace Cairn.Cli.Composition;

/// <summary>Flow files as the pure compiler takes them.</summary>
internal static class FlowFile
{
    /// <summary>The switches of a project, with those of the command line.</summary>
    public static FlowOptions OptionsOf(Project project, bool lenient, bool strict) => new()
    {
        Lenient = lenient || project.Lenient,
        Strict = strict,
        Limits = new FlowLimits().With(project.Limits),
    };

    /// <summary>
    /// A compiled flow; throws <see cref="CommandFailure"/> (2) with everything that is wrong with it. What is odd is
    /// said on stderr.
    /// </summary>
    public static FlowOutcome CompileValid(Frame frame, FlowSource source, FlowOptions options)
    {
        var outcome = FlowCompiler.Compile(source, options);
        if (outcome.Errors.Count > 0)
            throw new CommandFailure(ExitCode.Usage, [.. outcome.Errors.Select(ProblemOf)]);
        foreach (var warning in outcome.Warnings)
            frame.Terminal.Error.WriteLine(Line(warning));
        return outcome;
    }

    /// <summary>An error of the compiler as the command line shows it.</summary>
    public static Problem ProblemOf(FlowProblem problem) =>
        new(problem.Message, problem.File, problem.Line, problem.Column, problem.Hint);

    /// <summary>A warning as one line.</summary>
    public static string Line(FlowWarning warning) =>
        $"{warning.File}:{warning.Line} warning: {warning.Message} ({warning.Code})";
}
