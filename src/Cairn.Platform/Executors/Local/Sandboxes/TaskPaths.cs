using System.Globalization;
using Cairn.Graphs.Tasks;
using Cairn.Platform.Executors.Local.Places;
using Cairn.Platform.Stores.Transfers;

namespace Cairn.Platform.Executors.Local.Sandboxes;

/// <summary>Where a task finds its things (spec/osmo.md 3.11).</summary>
internal static class TaskPaths
{
    public const string Input = "/osmo/data/input";
    public const string Output = "/osmo/data/output";
    public const string Workspace = "/osmo/run/workspace";
    public const string Programs = "/osmo/usr/bin";
    public const string Login = "/osmo/login/config";
    public const string Image = "/osmo/image";
    public const string HostPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>The tokens of a task that sees the specification's absolute paths.</summary>
    public static TaskTokens Tokens(TaskPlace place) => Tokens(place, Input, Output);

    /// <summary>The tokens of a task that sees its own folder.</summary>
    public static TaskTokens Tokens(TaskPlace place, string input, string output)
    {
        var hosts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in place.Order.Members)
            hosts[member] = HostName(member);
        return new TaskTokens(
            place.Order.WorkflowId,
            output,
            [.. place.Order.Inputs.Select((_, n) => $"{input}/{n.ToString(CultureInfo.InvariantCulture)}")],
            [.. place.Order.Inputs.Select(i => i.Task)],
            hosts);
    }

    /// <summary>How a sandboxed task sees its folders.</summary>
    public static IReadOnlyList<SeenFolder> Seen(TaskFolder folder) =>
    [
        new SeenFolder(Output, folder.Output), new SeenFolder(Workspace, folder.Workspace),
        new SeenFolder("/tmp", folder.Temporary), new SeenFolder(Input, folder.Inputs),
    ];

    /// <summary>A member's name as a host name: lower case, no underscores.</summary>
    public static string HostName(string member) => member.ToLowerInvariant().Replace('_', '-');
}
