using System.CommandLine;
using Cairn.Cli.Faults;
using Cairn.Cli.Terminals;
using Cairn.Platform.Stores;

namespace Cairn.Cli.Commands.Store;

/// <summary>What several commands on objects take.</summary>
internal static class StoreFlags
{
    /// <summary>An argument for a URL.</summary>
    public static Argument<string> Url(string words) => new("URL") { Description = words };

    /// <summary>An embedded bucket may be named without its scheme: `vda/a.txt` is `cairn://vda/a.txt`.</summary>
    public static string Address(string url) =>
        url.Contains(':', StringComparison.Ordinal) || url.StartsWith('/') || url.StartsWith('.')
            ? url : $"cairn://{url}";

    /// <summary>`--if-generation N`.</summary>
    public static Option<long?> IfGeneration() => new("--if-generation")
    {
        Description = "Only if the object's generation is exactly N; 0: only if there is none",
        HelpName = "N",
    };

    /// <summary>`--recursive`, `-r`.</summary>
    public static Option<bool> Recursive() => new("--recursive", "-r") { Description = "Everything below the prefix" };

    /// <summary>The failure of a condition that does not hold.</summary>
    public static CommandFailure Unmet(string url, long expected, long actual) => new(
        ExitCode.Precondition,
        (expected, actual) switch
        {
            (0, _) => $"{url} is there already, with generation {actual}",
            (_, 0) => $"{url} is not there, and generation {expected} was asked for",
            _ => $"{url} has generation {actual}, and {expected} was asked for",
        },
        "nothing was changed");

    /// <summary>The failure of an object that is not there.</summary>
    public static CommandFailure Missing(string url) =>
        new(ExitCode.NotFound, $"there is no object {url}", $"cairn store ls {Above(url)}");

    /// <summary>The URL of the object that a place names; a folder is no object.</summary>
    public static string ObjectUrl(ObjectPlace place, string url) => place.IsFolder
        ? throw new CommandFailure(
            ExitCode.Usage, $"{url} names a prefix, not an object", "with -r everything below it is meant")
        : place.Url;

    private static string Above(string url) => url[..(url.LastIndexOf('/') + 1)];
}
