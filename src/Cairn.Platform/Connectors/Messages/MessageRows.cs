using System.Text.Json.Nodes;
using Cairn.Platform.Connectors.Records;
using Cairn.Platform.Stores.Embedded;

namespace Cairn.Platform.Connectors.Messages;

/// <summary>Copies of messages, one for each subscription, in the order in which they came.</summary>
internal static class MessageRows
{
    private static readonly TimeSpan s_kept = TimeSpan.FromDays(7);

    /// <summary>Adds a copy; what nobody took for a week goes.</summary>
    public static void Add(RecordRows rows, string subscription, JsonObject message)
    {
        rows.Connection.Run(
            "INSERT INTO message (subscription, json, lease, deliveries) VALUES ($subscription, $json, $now, 0)",
            ("$subscription", subscription), ("$json", message.ToJsonString()), ("$now", Millis(rows.Now)));
        rows.Connection.Run(
            "DELETE FROM message WHERE subscription = $subscription AND lease < $before",
            ("$subscription", subscription), ("$before", Millis(rows.Now - s_kept)));
    }

    /// <summary>Whether a copy could be taken now.</summary>
    public static bool Any(RecordRows rows, string subscription) => rows.Connection.Number(
        "SELECT 1 FROM message WHERE subscription = $subscription AND lease <= $now LIMIT 1",
        ("$subscription", subscription), ("$now", Millis(rows.Now))) == 1;

    /// <summary>Takes copies for a while; they come again when they are not acknowledged until then.</summary>
    public static List<(string Ack, long Deliveries, JsonObject Message)> Take(
        RecordRows rows, string subscription, int most, TimeSpan lease)
    {
        var found = rows.Connection.All(
            """
            SELECT number, json, deliveries FROM message WHERE subscription = $subscription AND lease <= $now
            ORDER BY number LIMIT $most
            """,
            row => (row.GetInt64(0), row.GetString(1), row.GetInt64(2)),
            ("$subscription", subscription), ("$now", Millis(rows.Now)), ("$most", most));
        List<(string, long, JsonObject)> taken = [];
        foreach (var (number, json, deliveries) in found)
        {
            var ack = $"{number}-{deliveries + 1}";
            rows.Connection.Run(
                "UPDATE message SET lease = $lease, ack = $ack, deliveries = deliveries + 1 WHERE number = $number",
                ("$lease", Millis(rows.Now + lease)), ("$ack", ack), ("$number", number));
            taken.Add((ack, deliveries + 1, (JsonObject)JsonNode.Parse(json)!));
        }

        return taken;
    }

    /// <summary>Removes a copy that was taken; an unknown or outdated one is passed over.</summary>
    public static void Acknowledge(RecordRows rows, string subscription, string ack) => rows.Connection.Run(
        "DELETE FROM message WHERE subscription = $subscription AND ack = $ack",
        ("$subscription", subscription), ("$ack", ack));

    /// <summary>Removes all copies of a subscription.</summary>
    public static void Clear(RecordRows rows, string subscription) => rows.Connection.Run(
        "DELETE FROM message WHERE subscription = $subscription", ("$subscription", subscription));

    private static long Millis(DateTimeOffset time) => time.ToUnixTimeMilliseconds();
}
