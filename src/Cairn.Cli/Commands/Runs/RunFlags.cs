using System.CommandLine;
using Cairn.Cli.Flags;

namespace Cairn.Cli.Commands.Runs;

/// <summary>What most commands about one run take.</summary>
/// <param name="Run">Id or uid.</param>
/// <param name="Home">The state folder, or null.</param>
/// <param name="Format">How it is printed.</param>
internal sealed record RunFlags(string Run, string? Home, Terminals.OutputFormat Format)
{
    /// <summary>The argument.</summary>
    public static Argument<string> Argument() => new("RUN") { Description = "Id or uid of a run" };

    /// <summary>What a command line says.</summary>
    public static RunFlags Read(ParseResult parsed, Argument<string> run) =>
        new(parsed.GetRequiredValue(run), parsed.GetValue(GlobalFlags.Home), GlobalFlags.FormatOf(parsed));
}
