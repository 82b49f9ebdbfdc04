using Cairn.Cli.Faults;
using Cairn.Cli.Terminals;
using Cairn.Graphs.Rendering;
using Cairn.Graphs.Validation;

namespace Cairn.Cli.Composition;

/// <summary>Graph files on disk, as the pure compiler takes them: text, and the way to the files beside it.</summary>
internal static class GraphFile
{
    /// <summary>Reads and compiles a file. Throws <see cref="CommandFailure"/> when it cannot be read.</summary>
    public static GraphOutcome Compile(Frame frame, string file, GraphValues values, GraphOptions? options = null) =>
        GraphCompiler.Render(Read(frame, file), values, options ?? new GraphOptions());

    /// <summary>
    /// A compiled graph; throws <see cref="CommandFailure"/> (2) with everything that is wrong with it.
    /// </summary>
    public static GraphOutcome CompileValid(
        Frame frame, string file, GraphValues values, GraphOptions? options = null)
    {
        var outcome = Compile(frame, file, values, options);
        return outcome.Errors.Count == 0
            ? outcome
            : throw new CommandFailure(ExitCode.Usage, [.. outcome.Errors.Select(ProblemOf)]);
    }

    /// <summary>An error of the compiler as the command line shows it.</summary>
    public static Problem ProblemOf(GraphError error) =>
        new(error.Message, error.File, error.Line, error.Column, error.Hint);

    private static GraphSource Read(Frame frame, string file) => new(
        file, SourceFile.Read(frame, file), path => SourceFile.Load(frame.PathOf(path)));
}
