namespace Cairn.Cli.Flags;

/// <summary>What a user sets from outside a file, in the order given.</summary>
/// <param name="Set">Template values whose type is read from the text.</param>
/// <param name="SetString">Template values that stay text.</param>
/// <param name="SetEnv">Environment variables of every task.</param>
internal sealed record Substitutions(
    IReadOnlyList<KeyValuePair<string, string>> Set,
    IReadOnlyList<KeyValuePair<string, string>> SetString,
    IReadOnlyList<KeyValuePair<string, string>> SetEnv)
{
    /// <summary>Nothing set.</summary>
    public static Substitutions None { get; } = new([], [], []);
}
