using Cairn.Cli.Faults;
using Cairn.Cli.Terminals;
using Cairn.Graphs.Regexes;
using Cairn.Platform.Executors.Local;
using Cairn.Platform.Projects;
using Cairn.Platform.Stores;
using Cairn.Platform.Stores.Transfers;

namespace Cairn.Cli.Composition;

/// <summary>What a project says, as the local executor needs it.</summary>
internal static class LocalSettings
{
    private static readonly TimeSpan PatternLimit = TimeSpan.FromSeconds(1);

    /// <summary>The settings of an executor for a project.</summary>
    public static LocalExecutorSettings Of(Site site, ObjectStores stores, TimeProvider clock)
    {
        var credentials = site.Credentials();
        var transfers = TaskTransfers.Over(new StoreTransfers(stores), site.Project.StateFolder, Matcher);
        var settings = LocalExecutorSettings.Of(site.Project, transfers, name => credentials.Payload(name));
        return settings with { Clock = clock };
    }

    /// <summary>The pool of a name, or the default one; <see cref="CommandFailure"/> for an unknown name.</summary>
    public static ProjectPool PoolNamed(Project project, string? name)
    {
        if (string.IsNullOrEmpty(name))
            return project.DefaultPool;
        return project.Pools.FirstOrDefault(pool => pool.Name == name)
            ?? throw new CommandFailure(
                ExitCode.Usage, $"there is no pool '{name}'",
                $"there are: {string.Join(", ", project.Pools.Select(pool => pool.Name))}");
    }

    /// <summary>The regex of an input or output as a filter of relative paths.</summary>
    private static Func<string, bool> Matcher(string regex)
    {
        var pattern = PathPattern.Compile(regex, PatternLimit);
        return path => pattern.Matches(path) ?? throw new StoreException(
            StoreFault.Io, $"the regex {regex} takes too long on {path}", "write it without back-references");
    }
}
