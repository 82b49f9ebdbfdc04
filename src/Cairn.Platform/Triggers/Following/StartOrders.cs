using System.Text.Json;
using Cairn.Platform.Triggers.Ledgers;

namespace Cairn.Platform.Triggers.Following;

/// <summary>Makes the order of a claim. Pure: the same claim and declaration give the same order.</summary>
public static class StartOrders
{
    /// <summary>The label that names the trigger of a run.</summary>
    public const string TriggerLabel = "trigger";

    /// <summary>The order of a claim.</summary>
    public static StartOrder Of(Claim claim, Trigger trigger) => new(claim.Uid, trigger.Run, Event(claim, trigger))
    {
        Arguments = trigger.Arguments is { } arguments ? Written(json =>
        {
            json.WriteStartObject();
            arguments.WriteMembers(json, claim.Values);
            json.WriteEndObject();
        }) : (ReadOnlyMemory<byte>?)null,
        Labels =
        [
            .. trigger.Labels.Where(label => label.Key != TriggerLabel)
                .Select(label => KeyValuePair.Create(label.Key, label.Value.Render(claim.Values))),
            KeyValuePair.Create(TriggerLabel, trigger.Id),
        ],
    };

    // Static members stand beside those of the event; one of the same name replaces it.
    private static byte[] Event(Claim claim, Trigger trigger)
    {
        using var document = JsonDocument.Parse(claim.Event);
        return Written(json =>
        {
            json.WriteStartObject();
            foreach (var member in document.RootElement.EnumerateObject())
                if (trigger.Payload?.Members.Any(own => own.Key == member.Name) != true)
                    member.WriteTo(json);
            trigger.Payload?.WriteMembers(json, claim.Values);
            json.WriteEndObject();
        });
    }

    private static byte[] Written(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
            write(json);
        return buffer.ToArray();
    }
}
