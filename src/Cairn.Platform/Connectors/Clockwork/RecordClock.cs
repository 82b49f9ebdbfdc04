using System.Globalization;
using System.Text.Json.Nodes;
using Cairn.Platform.Connectors.Calls;
using Cairn.Platform.Connectors.Messages;
using Cairn.Platform.Connectors.Records;

namespace Cairn.Platform.Connectors.Clockwork;

/// <summary>Does what is due while this process owns the state folder: delivers tasks, fires schedules.</summary>
internal sealed class RecordClock(RecordBook book, Delivery delivery)
{
    private const int AtOnce = 32;
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(1);

    /// <summary>Runs until it is cancelled.</summary>
    public async Task Run(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            var now = book.Clock.GetUtcNow();
            var duties = book.Read(rows => DueRows.Now(rows, AtOnce));
            await Task.WhenAll(duties.Select(duty => Do(duty, cancel)));
            if (duties.Count > 0)
                continue;
            var wait = book.Read(DueRows.Next) - now;
            await book.Until(
                rows => DueRows.Next(rows) is { } next && next <= rows.Now,
                wait is { } until && until < s_longest ? until + TimeSpan.FromMilliseconds(1) : s_longest, cancel);
        }
    }

    private Task Do(Duty duty, CancellationToken cancel) => duty.Kind switch
    {
        TaskMethods.Task => Deliver(duty, cancel),
        ScheduleMethods.Kind => Fire(duty, cancel),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private async Task Deliver(Duty duty, CancellationToken cancel)
    {
        if (book.Read(rows => rows.Find(TaskMethods.Task, duty.Name)) is not { } task)
        {
            book.Write(rows => Clear(rows, duty));
            return;
        }

        var code = await delivery.Send(
            (JsonObject)task.Value["httpRequest"]!, $"task {duty.Name} {task.Created.ToUnixTimeMilliseconds()}",
                cancel);
        book.Write(rows =>
        {
            // It may have been deleted, or its queue paused, while it was on its way.
            if (rows.Find(TaskMethods.Task, duty.Name) is not { } now)
                return false;
            var queue = rows.Find(
                TaskMethods.Queue, duty.Name[..duty.Name.LastIndexOf("/tasks/", StringComparison.Ordinal)]);
            var retry = queue?.Value["retryConfig"] as JsonObject ?? [];
            if (code is >= 200 and < 300 || duty.Attempts + 1 >= Whole(retry["maxAttempts"], 100))
            {
                TaskMethods.Remove(rows, duty.Name);
                return true;
            }

            now.Value["dispatchCount"] = duty.Attempts + 1;
            now.Value["responseCount"] = Whole(now.Value["responseCount"], 0) + (code > 0 ? 1 : 0);
            now.Value["lastAttempt"] = new JsonObject
            {
                ["dispatchTime"] = Times.Text(rows.Now),
                ["responseStatus"] = new JsonObject { ["code"] = code },
            };
            rows.Put(TaskMethods.Task, duty.Name, now.Value);
            DueRows.Set(rows, TaskMethods.Task, duty.Name, rows.Now + Backoff(retry, duty.Attempts), duty.Attempts + 1);
            return true;
        });
    }

    private async Task Fire(Duty duty, CancellationToken cancel)
    {
        if (book.Read(rows => rows.Find(ScheduleMethods.Kind, duty.Name)) is not { } schedule)
        {
            book.Write(rows => Clear(rows, duty));
            return;
        }

        var code = schedule.Value["httpTarget"] is JsonObject target
            ? await delivery.Send(target, $"schedule {duty.Name} {duty.At.ToUnixTimeMilliseconds()}", cancel)
            : 0;
        book.Write(rows =>
        {
            if (rows.Find(ScheduleMethods.Kind, duty.Name) is not { } now)
                return false;
            // A message and the next time that it is due are one transaction: it is sent once.
            if (now.Value["pubsubTarget"] is JsonObject topic)
                code = Publish(rows, topic);
            now.Value["lastAttemptTime"] = Times.Text(rows.Now);
            now.Value["status"] = new JsonObject { ["code"] = code is >= 200 and < 300 ? 0 : 2 };
            ScheduleMethods.Plan(rows, duty.Name, now.Value);
            return true;
        });
    }

    private static int Publish(RecordRows rows, JsonObject target)
    {
        var message = new JsonObject { ["data"] = (string?)target["data"] ?? "" };
        if (target["attributes"] is { } attributes)
            message["attributes"] = attributes.DeepClone();
        try
        {
            PubSub.Publish(rows, (string)target["topicName"]!, message);
            return 200;
        }
        catch (CallFault)
        {
            return 404;
        }
    }

    private static bool Clear(RecordRows rows, Duty duty)
    {
        DueRows.Clear(rows, duty.Kind, duty.Name);
        return true;
    }

    private static TimeSpan Backoff(JsonObject retry, int attempts)
    {
        var (least, most) = (Seconds(retry["minBackoff"], 0.1), Seconds(retry["maxBackoff"], 3600));
        return TimeSpan.FromSeconds(
            Math.Min(most, least * Math.Pow(2, Math.Min(attempts, Whole(retry["maxDoublings"], 16)))));
    }

    private static double Seconds(JsonNode? value, double fallback) =>
        double.TryParse(value?.ToString().TrimEnd('s'), CultureInfo.InvariantCulture, out var seconds) ? seconds
            : fallback;

    private static int Whole(JsonNode? value, int fallback) =>
        int.TryParse(value?.ToString(), CultureInfo.InvariantCulture, out var number) ? number : fallback;
}
