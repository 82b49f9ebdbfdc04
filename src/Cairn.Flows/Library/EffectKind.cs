using Cairn.Engine.Effects;

namespace Cairn.Flows.Library;

/// <summary>A kind of effect that calls of flows ask for, and how it recovers (architecture 3.2).</summary>
/// <param name="Name">As in <see cref="Cairn.Engine.Programs.Ask.Kind"/>.</param>
/// <param name="Recovery">What a crash between hand-out and end means.</param>
public sealed record EffectKind(string Name, RecoveryClass Recovery)
{
    /// <summary>An HTTP request that changes nothing: GET, HEAD, OPTIONS.</summary>
    public static EffectKind HttpRead { get; } = new("http.read", RecoveryClass.Repeat);

    /// <summary>Any other HTTP request: a stranger may have done it already.</summary>
    public static EffectKind HttpWrite { get; } = new("http.write", RecoveryClass.Ambiguous);

    /// <summary>Reads of objects and buckets.</summary>
    public static EffectKind StoreRead { get; } = new("store.read", RecoveryClass.Repeat);

    /// <summary>Writes of objects and buckets, which carry their effect's key.</summary>
    public static EffectKind StoreWrite { get; } = new("store.write", RecoveryClass.Verify);

    /// <summary>A job of the catalogue, a build: runs on an executor and is found by its key.</summary>
    public static EffectKind Job { get; } = new("job", RecoveryClass.Reattach);

    /// <summary>A run started by this run.</summary>
    public static EffectKind Child { get; } = new("child", RecoveryClass.Reattach);

    /// <summary>Reads of the records that the embedded database keeps.</summary>
    public static EffectKind RecordRead { get; } = new("record.read", RecoveryClass.Repeat);

    /// <summary>Writes of such records, done once an effect key.</summary>
    public static EffectKind RecordWrite { get; } = new("record.write", RecoveryClass.Verify);

    /// <summary>A callback endpoint; its URL follows from the run and the sequence.</summary>
    public static EffectKind Callback { get; } = new("callback", RecoveryClass.Repeat);

    /// <summary>All kinds.</summary>
    public static IReadOnlyList<EffectKind> All { get; } =
    [
        HttpRead, HttpWrite, StoreRead, StoreWrite, Job, Child, RecordRead, RecordWrite, Callback,
    ];
}
