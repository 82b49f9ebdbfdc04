using System.CommandLine;
using Cairn.Cli.Terminals;

namespace Cairn.Cli.Flags;

/// <summary>Options that every command has.</summary>
internal static class GlobalFlags
{
    private const string FormatName = "--output";

    /// <summary>`-o table|json|yaml|name`.</summary>
    public static Option<OutputFormat> Output { get; } = new(FormatName, "-o")
    {
        Description = "How data is printed: table (default), json, yaml or name",
        HelpName = "FORMAT",
        Recursive = true,
        CustomParser = result => Parse(result.Tokens[^1].Value, result.AddError),
    };

    /// <summary>`--home`: the state folder.</summary>
    public static Option<string?> Home { get; } = new("--home")
    {
        Description = "The state folder (default: $CAIRN_HOME, else .cairn in the project's folder)",
        HelpName = "FOLDER",
        Recursive = true,
    };

    /// <summary>`--accept-loss`: goes on with a damaged journal.</summary>
    public static Option<bool> AcceptLoss { get; } = new("--accept-loss")
    {
        Description = "Goes on when acknowledged commits of the journal are lost",
        Recursive = true,
    };

    /// <summary>The format of a command line, even of one that is wrong elsewhere.</summary>
    public static OutputFormat FormatOf(ParseResult parsed) =>
        parsed.GetResult(Output)?.Tokens.Select(token => Known(token.Value))
            .FirstOrDefault(format => format is not null)
        ?? OutputFormat.Table;

    private static OutputFormat Parse(string word, Action<string> wrong)
    {
        if (Known(word) is { } format)
            return format;
        wrong($"'{word}' is no output format: table, json, yaml or name");
        return OutputFormat.Table;
    }

    private static OutputFormat? Known(string word) => word switch
    {
        "table" => OutputFormat.Table,
        "json" => OutputFormat.Json,
        "yaml" => OutputFormat.Yaml,
        "name" => OutputFormat.Name,
        _ => null,
    };
}
