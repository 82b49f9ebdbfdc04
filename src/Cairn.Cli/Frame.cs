using Cairn.Cli.Terminals;

namespace Cairn.Cli;

/// <summary>What every command of one invocation stands on; tests hand in their own.</summary>
/// <param name="Terminal">Its streams.</param>
/// <param name="Clock">The time.</param>
/// <param name="Environment">Environment variables by name.</param>
/// <param name="Folder">The current folder, absolute.</param>
internal sealed record Frame(Terminal Terminal, TimeProvider Clock, Func<string, string?> Environment, string Folder)
{
    /// <summary>`--accept-loss`: known once the command line is read.</summary>
    public bool AcceptsLoss { get; set; }

    /// <summary>The process's own.</summary>
    public static Frame OfProcess() => new(
        Terminal.OfProcess(System.Environment.GetEnvironmentVariable),
        TimeProvider.System,
        System.Environment.GetEnvironmentVariable,
        Directory.GetCurrentDirectory());

    /// <summary>An absolute path for one that is relative to the current folder.</summary>
    public string PathOf(string path) => Path.GetFullPath(path, Folder);
}
