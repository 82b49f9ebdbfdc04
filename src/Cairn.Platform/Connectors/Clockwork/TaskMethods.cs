using System.Globalization;
using System.Text.Json.Nodes;
using Cairn.Flows.Values;
using Cairn.Platform.Connectors.Calls;
using Cairn.Platform.Connectors.Records;

namespace Cairn.Platform.Connectors.Clockwork;

/// <summary>
/// `googleapis.cloudtasks.v2`: queues of HTTP requests in the records; the owner of the state folder delivers them
/// (<see cref="RecordClock"/>), at least once, with the queue's back-off.
/// </summary>
internal sealed class TaskMethods(RecordBook book)
{
    /// <summary>The kind of queues.</summary>
    public const string Queue = "queue";

    /// <summary>The kind of tasks, and of their duties.</summary>
    public const string Task = "task";

    private const string Api = "googleapis.cloudtasks.v2.projects.locations.queues.";
    private const string QueueForm = "projects/*/locations/*/queues/*";
    private const string TaskForm = QueueForm + "/tasks/*";

    /// <summary>The methods that only look.</summary>
    public CallTable Reads => new()
    {
        [Api + "get"] = (call, _) =>
            Done(CodedJson.Of(book.Read(rows => rows.Get(Queue, Name(call, QueueForm)).Value))),
        [Api + "list"] = (call, _) => Done(RecordPages.List(
            book, call.Arguments, "queues", Queue, call.Arguments.Required("parent") + "/queues/",
            static record => record.Value)),
        [Api + "tasks.get"] = (call, _) => Done(CodedJson.Of(Shown(
            book.Read(rows => rows.Get(Task, Name(call, TaskForm))), call.Arguments))),
        [Api + "tasks.list"] = (call, _) => Done(RecordPages.List(
            book, call.Arguments, "tasks", Task, call.Arguments.Required("parent") + "/tasks/",
            record => Shown(record, call.Arguments))),
    };

    /// <summary>The methods that change something.</summary>
    public CallTable Writes => new()
    {
        [Api + "create"] = (call, _) => Done(CreateQueue(call)),
        [Api + "delete"] = (call, _) => Done(DeleteQueue(call)),
        [Api + "pause"] = (call, _) => Done(SetState(call, "PAUSED")),
        [Api + "resume"] = (call, _) => Done(SetState(call, "RUNNING")),
        [Api + "tasks.create"] = (call, _) => Done(Create(call)),
        [Api + "tasks.delete"] = (call, _) => Done(Delete(call)),
    };

    private FlowValue CreateQueue(Call call)
    {
        var body = call.Arguments.Body();
        var name = (string?)body["name"] ?? throw CallFault.Bad("queue.name is missing");
        ResourcePath.Parts(name, QueueForm);
        body["state"] = "RUNNING";
        body.TryAdd("retryConfig", new JsonObject
        {
            ["maxAttempts"] = 100,
            ["minBackoff"] = "0.100s",
            ["maxBackoff"] = "3600s",
            ["maxDoublings"] = 16,
        });
        return book.Once(call, rows => CodedJson.Of(rows.Add(Queue, name, body).Value));
    }

    private FlowValue DeleteQueue(Call call)
    {
        var name = Name(call, QueueForm);
        return book.Once(call, rows =>
        {
            rows.Get(Queue, name);
            rows.Remove(Queue, name);
            foreach (var task in rows.List(Task, name + "/tasks/", "", int.MaxValue))
                Remove(rows, task.Name);
            return FlowValue.Of(FlowMap.Empty);
        });
    }

    private FlowValue SetState(Call call, string state)
    {
        var name = Name(call, QueueForm);
        return book.Once(call, rows =>
        {
            var queue = rows.Get(Queue, name);
            queue.Value["state"] = state;
            rows.Put(Queue, name, queue.Value);
            foreach (var task in rows.List(Task, name + "/tasks/", "", int.MaxValue))
                if (state == "RUNNING")
                    DueRows.Set(rows, Task, task.Name, DateTimeOffset.Parse(
                        (string)task.Value["scheduleTime"]!, CultureInfo.InvariantCulture), 0);
                else
                    DueRows.Clear(rows, Task, task.Name);
            return CodedJson.Of(queue.Value);
        });
    }

    private FlowValue Create(Call call)
    {
        var parent = call.Arguments.Required("parent");
        ResourcePath.Parts(parent, QueueForm);
        var task = call.Arguments.Body()["task"] as JsonObject ?? throw CallFault.Bad("body.task is missing");
        if (task["appEngineHttpRequest"] is not null)
            throw CallFault.NotHere(call.Name, "there is no App Engine; use httpRequest");
        var request = task["httpRequest"] as JsonObject ?? throw CallFault.Bad("task.httpRequest is missing");
        CheckRequest(request, "url");
        var name = (string?)task["name"] ?? $"{parent}/tasks/{call.Key.Replace('.', '-')}";
        ResourcePath.Parts(name, TaskForm);
        return book.Once(call, rows =>
        {
            var queue = rows.Get(Queue, parent);
            var at = (string?)task["scheduleTime"] is { } given
                ? DateTimeOffset.TryParse(given, CultureInfo.InvariantCulture, out var time)
                    ? time : throw CallFault.Bad($"task.scheduleTime \"{given}\" is no time")
                : rows.Now;
            request.TryAdd("httpMethod", "POST");
            var stored = new JsonObject
            {
                ["name"] = name,
                ["httpRequest"] = request.DeepClone(),
                ["scheduleTime"] = Times.Text(at),
                ["createTime"] = Times.Text(rows.Now),
                ["dispatchDeadline"] = (string?)task["dispatchDeadline"] ?? "600s",
                ["dispatchCount"] = 0,
                ["responseCount"] = 0,
                ["view"] = "BASIC",
            };
            rows.Add(Task, name, stored);
            if ((string?)queue.Value["state"] == "RUNNING")
                DueRows.Set(rows, Task, name, at, 0);
            return CodedJson.Of(Shown(rows.Get(Task, name), call.Arguments));
        });
    }

    private FlowValue Delete(Call call)
    {
        var name = Name(call, TaskForm);
        return book.Once(call, rows =>
        {
            rows.Get(Task, name);
            Remove(rows, name);
            return FlowValue.Of(FlowMap.Empty);
        });
    }

    /// <summary>Removes a task with its duty.</summary>
    public static void Remove(RecordRows rows, string name)
    {
        rows.Remove(Task, name);
        DueRows.Clear(rows, Task, name);
    }

    /// <summary>400 when a request cannot be sent.</summary>
    public static void CheckRequest(JsonObject request, string field)
    {
        if (!Uri.TryCreate((string?)request[field], UriKind.Absolute, out var url)
            || url.Scheme is not ("http" or "https"))
            throw CallFault.Bad($"{field} should be an http or https address, not \"{(string?)request[field]}\"");
        var body = (string?)request["body"] ?? "";
        if (!Convert.TryFromBase64String(body, new byte[body.Length], out _))
            throw CallFault.Bad("body should be base64: use base64.encode(json.encode(…))");
    }

    // The body of a request is shown only where the full view is asked for.
    private static JsonObject Shown(Record task, CallArguments arguments)
    {
        var shown = (JsonObject)task.Value.DeepClone();
        if ((arguments.Text("responseView") ?? (string?)arguments.Body()["responseView"]) == "FULL")
            shown["view"] = "FULL";
        else
            (shown["httpRequest"] as JsonObject)?.Remove("body");
        return shown;
    }

    private static string Name(Call call, string form)
    {
        var name = call.Arguments.Required("name");
        ResourcePath.Parts(name, form);
        return name;
    }

    private static ValueTask<FlowValue> Done(FlowValue value) => ValueTask.FromResult(value);
}
