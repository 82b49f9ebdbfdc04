using System.Globalization;
using Cairn.Platform.Triggers.Events;

namespace Cairn.Platform.Triggers;

/// <summary>Something from outside that may fire triggers. Closed.</summary>
public abstract record Happening
{
    private Happening() { }

    /// <summary>The event as a flow sees it.</summary>
    public abstract CloudEvent Event { get; }

    /// <summary>What it happened to: one half of the key under which it fires once.</summary>
    public abstract string Subject { get; }

    /// <summary>The version of the subject: the other half; 0 where there is none.</summary>
    public abstract long Version { get; }

    /// <summary>The names that arguments and labels may use.</summary>
    public abstract IReadOnlyList<KeyValuePair<string, string>> Values { get; }

    /// <summary>An object is complete.</summary>
    /// <param name="Store">The embedded bucket's name.</param>
    /// <param name="Bucket">The bucket as flows call it: the one that the store serves, else the store's name.</param>
    /// <param name="Key">The object's name.</param>
    /// <param name="Generation">Its version.</param>
    public sealed record Stored(string Store, string Bucket, string Key, long Generation) : Happening
    {
        /// <summary>The event's place in the store's order; 0 when it came from elsewhere.</summary>
        public long Position { get; init; }

        /// <summary>Bytes.</summary>
        public long Size { get; init; }

        /// <summary>When it was complete.</summary>
        public DateTimeOffset At { get; init; }

        /// <inheritdoc/>
        public override CloudEvent Event => new StorageEvent(Bucket, Key, Generation).ToEvent(Size, At);

        /// <inheritdoc/>
        public override string Subject => $"cairn://{Store}/{Key}";

        /// <inheritdoc/>
        public override long Version => Generation;

        /// <inheritdoc/>
        public override IReadOnlyList<KeyValuePair<string, string>> Values =>
        [
            new("bucket", Bucket), new("name", Key), new("store", Store), new("size", Text(Size)),
            new("generation", Text(Generation)), new("url", Subject),
        ];
    }

    /// <summary>An event arrived.</summary>
    public sealed record Received(CloudEvent Message) : Happening
    {
        /// <inheritdoc/>
        public override CloudEvent Event => Message;

        /// <inheritdoc/>
        public override string Subject => $"event {Message.Source} {Message.Id}";

        /// <inheritdoc/>
        public override long Version => 0;

        /// <inheritdoc/>
        public override IReadOnlyList<KeyValuePair<string, string>> Values =>
        [
            new("id", Message.Id), new("type", Message.Type), new("source", Message.Source),
            new("subject", Message.Subject ?? ""),
        ];
    }

    /// <summary>A time came.</summary>
    /// <param name="Trigger">Whose timetable says so.</param>
    /// <param name="Planned">The time, not the moment at which it was noticed.</param>
    public sealed record Due(string Trigger, DateTimeOffset Planned) : Happening
    {
        /// <inheritdoc/>
        public override CloudEvent Event => new(Text(Version), $"//cairn/triggers/{Trigger}", "cairn.schedule.due")
        {
            Time = Planned.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        };

        /// <inheritdoc/>
        public override string Subject => "schedule";

        /// <inheritdoc/>
        public override long Version => Planned.ToUnixTimeSeconds();

        /// <inheritdoc/>
        public override IReadOnlyList<KeyValuePair<string, string>> Values =>
            [new("planned", Event.Time!), new("date", Event.Time![..10])];
    }

    /// <summary>Somebody fired it.</summary>
    /// <param name="Id">Of this firing.</param>
    /// <param name="At">When.</param>
    public sealed record Fired(string Id, DateTimeOffset At) : Happening
    {
        /// <inheritdoc/>
        public override CloudEvent Event => new(Id, "//cairn/hand", "cairn.trigger.fired")
        {
            Time = At.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        };

        /// <inheritdoc/>
        public override string Subject => $"hand {Id}";

        /// <inheritdoc/>
        public override long Version => 0;

        /// <inheritdoc/>
        public override IReadOnlyList<KeyValuePair<string, string>> Values => [];
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
