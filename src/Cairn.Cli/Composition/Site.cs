using Cairn.Cli.Faults;
using Cairn.Cli.Terminals;
using Cairn.Platform.Projects;
using Cairn.Platform.Secrets;

namespace Cairn.Cli.Composition;

/// <summary>Where a command works: the project, its state folder, and what came with the program.</summary>
/// <param name="Project">What cairn.yaml says, or the defaults.</param>
/// <param name="Shipped">The folder that holds `pipelines/`.</param>
internal sealed record Site(Project Project, string Shipped)
{
    /// <summary>
    /// Finds the project. <paramref name="home"/> is the value of `--home`, which wins over `$CAIRN_HOME`. Throws
    /// <see cref="CommandFailure"/> with all that is wrong with cairn.yaml.
    /// </summary>
    public static Site Find(Frame frame, string? home)
    {
        var places = Places(frame, home);
        try
        {
            return new Site(ProjectReader.Load(places), places.Shipped);
        }
        catch (ProjectException wrong)
        {
            throw new CommandFailure(ExitCode.Usage, [.. wrong.Problems.Select(ProblemOf)]);
        }
    }

    /// <summary>Where a command looks for a project.</summary>
    public static ProjectPlaces Places(Frame frame, string? home) => ProjectPlaces.Find() with
    {
        Current = frame.Folder,
        Home = home ?? frame.Environment("CAIRN_HOME"),
    };

    /// <summary>
    /// The credentials of the project. Throws <see cref="CommandFailure"/> when others may read them.
    /// </summary>
    public Credentials Credentials()
    {
        try
        {
            return SecretsFile.Load(Project.SecretsFile, Project.SecretsDeclared);
        }
        catch (SecretsException wrong)
        {
            throw new CommandFailure(
                wrong.IsUnsafe ? ExitCode.Precondition : ExitCode.Usage, [.. wrong.Problems.Select(ProblemOf)]);
        }
    }

    /// <summary>What is wrong with a project, as the command line shows it.</summary>
    public static Problem ProblemOf(ProjectProblem problem) =>
        new(problem.Message, problem.File, problem.Line, problem.Column, problem.Hint);
}
