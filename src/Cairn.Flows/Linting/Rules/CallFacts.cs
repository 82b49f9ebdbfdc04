using Cairn.Flows.Sources;
using Cairn.Flows.Syntax;

namespace Cairn.Flows.Linting.Rules;

/// <summary>What the rules about effects know of calls.</summary>
internal static class CallFacts
{
    /// <summary>Methods that start something new each time they are called.</summary>
    private static readonly string[] _starters =
    [
        "jobs.run", "builds.create", "executions.create", "executions.run", "executions.map", "topics.publish",
        "tasks.create", "transferJobs.run", "jobs.insert", "startManualRuns", "gke.create_job",
        "channels.events.trigger",
    ];

    /// <summary>Whether it talks to the world: it may fail, and asking it is polling.</summary>
    public static bool IsOutside(string function) =>
        function.StartsWith("http.", StringComparison.Ordinal)
        || function.StartsWith("googleapis.", StringComparison.Ordinal)
        || function.StartsWith("gke.", StringComparison.Ordinal)
        || function.StartsWith("cairn.", StringComparison.Ordinal)
        || function.StartsWith("experimental.", StringComparison.Ordinal)
        || function == "events.await_callback";

    /// <summary>Whether doing it twice may do something twice.</summary>
    public static bool IsRepeatedByTwice(Body.Call call)
    {
        var function = call.Function.Text;
        if (HasKey(call)) return false;
        return function switch
        {
            "http.post" or "http.patch" => true,
            "http.request" => Text(call, "method")?.ToUpperInvariant() is "POST" or "PATCH",
            _ => Array.Exists(_starters, end => function.EndsWith(end, StringComparison.Ordinal)),
        };
    }

    /// <summary>An argument as it is written; null: not given, or no scalar.</summary>
    public static string? Text(Body.Call call, string argument) => (Find(call, argument) as SourceNode.Scalar)?.Text;

    /// <summary>An argument; null: not given.</summary>
    public static SourceNode? Find(Body.Call call, string argument) =>
        call.Arguments.FirstOrDefault(entry => entry.Key.Text == argument)?.Value;

    /// <summary>Whether the receiver can tell that a second request is the first one again.</summary>
    private static bool HasKey(Body.Call call) =>
        call.Arguments.Any(entry => IsKey(entry.Key.Text))
        || (Find(call, "headers") is SourceNode.Map headers && headers.Entries.Any(entry => IsKey(entry.Key.Text)));

    private static bool IsKey(string name) =>
        name.Contains("idempoten", StringComparison.OrdinalIgnoreCase)
        || name.Replace("-", "", StringComparison.Ordinal).EndsWith("requestid", StringComparison.OrdinalIgnoreCase);
}
