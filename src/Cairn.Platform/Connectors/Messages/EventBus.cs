using System.Text.Json.Nodes;
using Cairn.Platform.Connectors.Records;

namespace Cairn.Platform.Connectors.Messages;

/// <summary>
/// Events that connectors published, in order, for whoever starts runs on them. They are committed with the answer of
/// the call that published them, and kept until they are taken or for a week.
/// </summary>
internal static class EventBus
{
    private const string Queue = "events";
    private static readonly TimeSpan s_lease = TimeSpan.FromMinutes(1);

    /// <summary>Adds a CloudEvent in its JSON form.</summary>
    public static void Publish(RecordRows rows, JsonObject cloudEvent) => MessageRows.Add(rows, Queue, cloudEvent);

    /// <summary>Takes the oldest events for a minute; each is given back with the name by which it is
    /// settled.</summary>
    public static IReadOnlyList<(string Ack, JsonObject Event)> Take(RecordRows rows, int most) =>
        [.. MessageRows.Take(rows, Queue, most, s_lease).Select(taken => (taken.Ack, taken.Message))];

    /// <summary>The event was dealt with.</summary>
    public static void Settle(RecordRows rows, string ack) => MessageRows.Acknowledge(rows, Queue, ack);
}
