using System.Text.Json.Nodes;
using Cairn.Flows.Values;
using Cairn.Platform.Connectors.Calls;
using Cairn.Platform.Connectors.Records;
using Cairn.Platform.Triggers.Schedules;

namespace Cairn.Platform.Connectors.Clockwork;

/// <summary>
/// `googleapis.cloudscheduler.v1`: jobs in the records; the owner of the state folder fires them
/// (<see cref="RecordClock"/>): into a topic, or as a request. What came due while there was no owner fires once.
/// </summary>
internal sealed class ScheduleMethods(RecordBook book)
{
    /// <summary>The kind of jobs, and of their duties.</summary>
    public const string Kind = "schedule";

    private const string Api = "googleapis.cloudscheduler.v1.projects.locations.jobs.";
    private const string Form = "projects/*/locations/*/jobs/*";

    /// <summary>The methods that only look.</summary>
    public CallTable Reads => new()
    {
        [Api + "get"] = (call, _) => Done(CodedJson.Of(book.Read(rows => rows.Get(Kind, Name(call)).Value))),
        [Api + "list"] = (call, _) => Done(RecordPages.List(
            book, call.Arguments, "jobs", Kind, call.Arguments.Required("parent") + "/jobs/",
            static record => record.Value)),
    };

    /// <summary>The methods that change something.</summary>
    public CallTable Writes => new()
    {
        [Api + "create"] = (call, _) => Done(Create(call)),
        [Api + "patch"] = (call, _) => Done(Patch(call)),
        [Api + "delete"] = (call, _) => Done(Delete(call)),
        [Api + "pause"] = (call, _) => Done(Change(call, static (rows, job) =>
        {
            job["state"] = "PAUSED";
            job.Remove("scheduleTime");
        })),
        [Api + "resume"] = (call, _) => Done(Change(call, static (rows, job) => job["state"] = "ENABLED")),
        [Api + "run"] = (call, _) => Done(Run(call)),
    };

    private FlowValue Create(Call call)
    {
        var parent = call.Arguments.Required("parent");
        ResourcePath.Parts(parent, "projects/*/locations/*");
        var body = call.Arguments.Body();
        var name = (string?)body["name"] ?? $"{parent}/jobs/{call.Key.Replace('.', '-')}";
        ResourcePath.Parts(name, Form);
        body["name"] = name;
        body["state"] = "ENABLED";
        body.TryAdd("timeZone", "Etc/UTC");
        Check(call, body);
        return book.Once(call, rows =>
        {
            body["userUpdateTime"] = Times.Text(rows.Now);
            rows.Add(Kind, name, body);
            Plan(rows, name, body);
            return CodedJson.Of(body);
        });
    }

    private FlowValue Patch(Call call)
    {
        var body = call.Arguments.Body();
        var mask = call.Arguments.Text("updateMask")?.Split(',') ?? [.. body.Select(field => field.Key)];
        return Change(call, (rows, job) =>
        {
            foreach (var field in mask.Where(field => field is not ("name" or "state")))
                job[field] = body[field]?.DeepClone();
            Check(call, job);
            job["userUpdateTime"] = Times.Text(rows.Now);
        });
    }

    private FlowValue Delete(Call call)
    {
        var name = Name(call);
        return book.Once(call, rows =>
        {
            rows.Get(Kind, name);
            rows.Remove(Kind, name);
            DueRows.Clear(rows, Kind, name);
            return FlowValue.Of(FlowMap.Empty);
        });
    }

    private FlowValue Run(Call call)
    {
        var name = Name(call);
        return book.Once(call, rows =>
        {
            var job = rows.Get(Kind, name);
            DueRows.Set(rows, Kind, name, rows.Now, 0);
            return CodedJson.Of(job.Value);
        });
    }

    private FlowValue Change(Call call, Action<RecordRows, JsonObject> change)
    {
        var name = Name(call);
        return book.Once(call, rows =>
        {
            var job = rows.Get(Kind, name).Value;
            change(rows, job);
            Plan(rows, name, job);
            return CodedJson.Of(job);
        });
    }

    /// <summary>Writes a job with the next time that it is due.</summary>
    public static void Plan(RecordRows rows, string name, JsonObject job)
    {
        var next = (string?)job["state"] == "ENABLED"
            ? UnixCron.Parse((string)job["schedule"]!).After(rows.Now, ZoneOf(job))
            : null;
        if (next is { } at)
        {
            job["scheduleTime"] = Times.Text(at);
            DueRows.Set(rows, Kind, name, at, 0);
        }
        else
        {
            DueRows.Clear(rows, Kind, name);
        }

        rows.Put(Kind, name, job);
    }

    private static TimeZoneInfo ZoneOf(JsonObject job) =>
        TimeZoneInfo.TryFindSystemTimeZoneById((string?)job["timeZone"] ?? "Etc/UTC", out var zone)
            ? zone
            : throw CallFault.Bad($"timeZone \"{(string?)job["timeZone"]}\" is not known here");

    private static void Check(Call call, JsonObject job)
    {
        try
        {
            UnixCron.Parse((string?)job["schedule"] ?? throw CallFault.Bad("schedule is missing"));
        }
        catch (FormatException wrong)
        {
            throw CallFault.Bad($"schedule: {wrong.Message}");
        }

        ZoneOf(job);
        if (job["appEngineHttpTarget"] is not null)
            throw CallFault.NotHere(call.Name, "there is no App Engine; use httpTarget or pubsubTarget");
        switch (job["httpTarget"], job["pubsubTarget"])
        {
            case (JsonObject http, null):
                TaskMethods.CheckRequest(http, "uri");
                break;
            case (null, JsonObject topic) when (string?)topic["topicName"] is { Length: > 0 }:
                break;
            default:
                throw CallFault.Bad("exactly one of httpTarget and pubsubTarget with its topicName is needed");
        }
    }

    private static string Name(Call call)
    {
        var name = call.Arguments.Required("name");
        ResourcePath.Parts(name, Form);
        return name;
    }

    private static ValueTask<FlowValue> Done(FlowValue value) => ValueTask.FromResult(value);
}
