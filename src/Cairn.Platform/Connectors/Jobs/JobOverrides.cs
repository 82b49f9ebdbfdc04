using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cairn.Platform.Connectors.Calls;
using Cairn.Platform.Jobs;

namespace Cairn.Platform.Connectors.Jobs;

/// <summary>The body of `jobs.run` (spec/workflows.md 6.4) applied to a job.</summary>
internal static class JobOverrides
{
    private static readonly string[] s_container = ["name", "args", "env", "clearArgs"];
    private static readonly string[] s_known = ["containerOverrides", "taskCount", "timeout"];

    /// <summary>
    /// The launch with all overrides. Unknown fields are 400; under the tolerant rules they are dropped, a command is
    /// honoured and a misplaced timeout is taken (T24).
    /// </summary>
    public static JobLaunch Apply(JobLaunch launch, CallArguments arguments)
    {
        var body = arguments.Body();
        Check(body, ["overrides", "validateOnly", "etag"], "", arguments.Lenient);
        var overrides = body["overrides"] as JsonObject ?? [];
        Check(overrides, s_known, "overrides.", arguments.Lenient);
        var timeout = (JsonNode?)overrides["timeout"];
        if (arguments.Lenient)
            timeout ??= body["timeout"]
                ?? (arguments.Raw("timeout") is { } loose ? CodedJson.Plain(loose, true) : null);
        foreach (var one in overrides["containerOverrides"] as JsonArray ?? [])
            launch = Container(
                launch, one as JsonObject ?? throw CallFault.Bad("containerOverrides: a map is expected"),
                arguments.Lenient);
        return launch with
        {
            Tasks = Count(overrides["taskCount"]),
            Timeout = timeout is null ? null : Duration(timeout, arguments.Lenient),
        };
    }

    private static JobLaunch Container(JobLaunch launch, JsonObject given, bool lenient)
    {
        Check(given, lenient ? [.. s_container, "command"] : s_container, "containerOverrides.", lenient);
        List<KeyValuePair<string, string>> variables = [.. launch.Environment];
        foreach (var entry in given["env"] as JsonArray ?? [])
        {
            var name = Text((entry as JsonObject)?["name"], "env.name", lenient);
            variables.Add(new(name, entry!["value"] is { } value ? Text(value, $"env {name}", lenient) : ""));
        }

        var args = given["args"] is JsonArray list
            ? list.Select(item => Text(item, "args", lenient)).ToList()
            : given["clearArgs"]?.GetValueKind() == JsonValueKind.True ? [] : launch.Args;
        return launch with
        {
            Environment = variables,
            Args = args,
            Command = lenient && given["command"] is JsonArray { Count: > 0 } command
                ? [.. command.Select(item => Text(item, "command", lenient))]
                : launch.Command,
        };
    }

    private static void Check(JsonObject map, string[] known, string where, bool lenient)
    {
        foreach (var (key, _) in map)
            if (!lenient && !known.Contains(key))
                throw CallFault.Bad($"Invalid JSON payload received. Unknown name \"{where}{key}\"");
    }

    private static string Text(JsonNode? value, string where, bool lenient) => value?.GetValueKind() switch
    {
        JsonValueKind.String => value.GetValue<string>(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False or JsonValueKind.Object
            or JsonValueKind.Array when lenient => value.ToJsonString(),
        null when lenient => "",
        _ => throw CallFault.Bad(
            $"Invalid value for {where}: a string is expected, not {value?.ToJsonString() ?? "null"}"),
    };

    private static int? Count(JsonNode? value) => value is null ? null
        : int.TryParse(value.ToString(), CultureInfo.InvariantCulture, out var count) && count is > 0 and <= 10_000
        ? count
        : throw CallFault.Bad($"Invalid value for taskCount: {value.ToJsonString()}");

    /// <summary>`3600s`; under the tolerant rules also a number, `1 hour`, `500ms` (T26).</summary>
    public static TimeSpan Duration(JsonNode value, bool lenient)
    {
        var text = value.ToString().Trim();
        var digits = text.TakeWhile(c => char.IsAsciiDigit(c) || c == '.').Count();
        var unit = text[digits..].Trim();
        double? factor = unit switch
        {
            "s" => 1,
            "" or "second" or "seconds" when lenient => 1,
            "ms" when lenient => 0.001,
            "m" or "minute" or "minutes" when lenient => 60,
            "h" or "hour" or "hours" when lenient => 3600,
            _ => null,
        };
        return factor is { } by && double.TryParse(text[..digits], CultureInfo.InvariantCulture, out var number)
            && number * by is > 0 and < 1e9
            ? TimeSpan.FromSeconds(number * by)
            : throw CallFault.Bad($"Invalid value for timeout: {value.ToJsonString()}; write it as \"3600s\"");
    }
}
