using System.Text.Json.Nodes;
using Cairn.Flows.Values;
using Cairn.Platform.Connectors.Calls;
using Cairn.Platform.Connectors.Records;

namespace Cairn.Platform.Connectors.Observation;

/// <summary>
/// Log entries and time series that flows write and read back, in the records (spec/workflows.md 6.3). Filters that are
/// not known are 400 by name, never passed over. There are no dashboards, alert policies and log metrics on this
/// machine: their lists are empty because they are.
/// </summary>
internal sealed class ObservationMethods(RecordBook book)
{
    private const string Entry = "log.entry";
    private const string Point = "series.point";
    private static readonly string[] s_shared = ["logName", "resource", "labels"];

    private static readonly string[] s_severities =
        ["DEFAULT", "DEBUG", "INFO", "NOTICE", "WARNING", "ERROR", "CRITICAL", "ALERT", "EMERGENCY"];

    /// <summary>The methods that only look.</summary>
    public CallTable Reads => new()
    {
        ["googleapis.logging.v2.entries.list"] = (call, _) => Done(ListEntries(call)),
        ["googleapis.logging.v2.projects.metrics.list"] = (call, _) => Done(None(call, "parent", "metrics")),
        ["googleapis.monitoring.v3.projects.timeSeries.list"] = (call, _) => Done(ListSeries(call)),
        ["googleapis.monitoring.v3.projects.alertPolicies.list"] =
            (call, _) => Done(None(call, "name", "alertPolicies")),
        ["googleapis.monitoring.v1.projects.dashboards.list"] = (call, _) => Done(None(call, "parent", "dashboards")),
    };

    /// <summary>The methods that change something.</summary>
    public CallTable Writes => new()
    {
        ["googleapis.logging.v2.entries.write"] = (call, _) => Done(WriteEntries(call)),
        ["googleapis.monitoring.v3.projects.timeSeries.create"] = (call, _) => Done(WriteSeries(call)),
    };

    private FlowValue WriteEntries(Call call)
    {
        var body = call.Arguments.Body();
        if (body["entries"] is not JsonArray { Count: > 0 } entries)
            throw CallFault.Bad("entries is missing or empty");
        foreach (var entry in entries)
            if (entry is not JsonObject map || (map["logName"] ?? body["logName"]) is null
                || !s_severities.Contains((string?)map["severity"] ?? "DEFAULT"))
                throw CallFault.Bad("each entry needs a logName and a severity that is known");
        return book.Once(call, rows =>
        {
            for (var i = 0; i < entries.Count; i++)
            {
                var entry = (JsonObject)entries[i]!.DeepClone();
                foreach (var shared in s_shared)
                    if (entry[shared] is null && body[shared] is { } value)
                        entry[shared] = value.DeepClone();
                entry.TryAdd("timestamp", Times.Text(rows.Now));
                entry["receiveTimestamp"] = Times.Text(rows.Now);
                entry.TryAdd("insertId", $"{call.Key}-{i}");
                entry.TryAdd("severity", "DEFAULT");
                rows.Put(Entry, $"{(string)entry["timestamp"]!} {call.Key} {i:D6}", entry);
            }

            return FlowValue.Of(FlowMap.Empty);
        });
    }

    private FlowValue ListEntries(Call call)
    {
        var body = call.Arguments.Body();
        var filter = EntryFilter.Parse((string?)body["filter"] ?? "", s_severities);
        var size = int.TryParse(body["pageSize"]?.ToString(), out var given) && given > 0 ? Math.Min(given, 1000) : 50;
        var found = book.Read(rows => rows.List(Entry, "", "", int.MaxValue))
            .Select(record => record.Value).Where(filter.Holds);
        switch ((string?)body["orderBy"])
        {
            case null or "" or "timestamp asc" or "timestamp":
                break;
            case "timestamp desc":
                found = found.Reverse();
                break;
            case var other:
                throw CallFault.Bad($"orderBy \"{other}\" is not known; write timestamp asc or timestamp desc");
        }

        var skip = int.TryParse((string?)body["pageToken"], out var from) ? from : 0;
        var page = found.Skip(skip).Take(size + 1).ToList();
        var answer = new JsonObject { ["entries"] = new JsonArray([.. page.Take(size)]) };
        if (page.Count > size)
            answer["nextPageToken"] = $"{skip + size}";
        return CodedJson.Of(answer);
    }

    private FlowValue WriteSeries(Call call)
    {
        if (call.Arguments.Body()["timeSeries"] is not JsonArray { Count: > 0 } series)
            throw CallFault.Bad("timeSeries is missing or empty");
        foreach (var one in series)
            if ((string?)one?["metric"]?["type"] is null
                || one["points"] is not JsonArray { Count: 1 } points || EndOf(points[0]) is null)
                throw CallFault.Bad("each time series needs metric.type and one point with interval.endTime");
        return book.Once(call, rows =>
        {
            foreach (var one in series)
                rows.Put(Point, $"{KeyOf(one!)} {EndOf(one!["points"]![0])}", (JsonObject)one.DeepClone());
            return FlowValue.Of(FlowMap.Empty);
        });
    }

    private FlowValue ListSeries(Call call)
    {
        var filter = call.Arguments.Required("filter").Trim();
        var parts = filter.Split('=', 2, StringSplitOptions.TrimEntries);
        if (parts is not ["metric.type", ['"', .. var type, '"']])
            throw CallFault.Bad($"filter \"{filter}\" is not known here; write metric.type = \"TYPE\"");
        foreach (var unknown in new[] { "aggregation.alignmentPeriod", "aggregation.perSeriesAligner", "orderBy" })
            if (call.Arguments.Raw(unknown) is not null)
                throw CallFault.Bad($"{unknown} is not known here: points are returned as they were written");
        var (from, to) = (
            call.Arguments.Text("interval.startTime") ?? "", call.Arguments.Text("interval.endTime") ?? "9999");
        var series = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var record in book.Read(rows => rows.List(Point, type + " ", "", int.MaxValue)))
        {
            var point = record.Value["points"]![0]!;
            if (string.CompareOrdinal(EndOf(point), from) < 0 || string.CompareOrdinal(EndOf(point), to) > 0)
                continue;
            var key = KeyOf(record.Value);
            if (series.TryGetValue(key, out var known))
                ((JsonArray)known["points"]!).Insert(0, point.DeepClone());
            else
                series[key] = record.Value;
        }

        return CodedJson.Of(new JsonObject { ["timeSeries"] = new JsonArray([.. series.Values]) });
    }

    private static string KeyOf(JsonNode series) =>
        $"{(string)series["metric"]!["type"]!} {series["metric"]!["labels"]?.ToJsonString()} "
        + series["resource"]?.ToJsonString();

    private static string? EndOf(JsonNode? point) => (string?)point?["interval"]?["endTime"];

    private static FlowValue None(Call call, string argument, string field)
    {
        call.Arguments.Required(argument);
        return CodedJson.Of(new JsonObject { [field] = new JsonArray() });
    }

    private static ValueTask<FlowValue> Done(FlowValue value) => ValueTask.FromResult(value);
}
