using Cairn.Engine.Effects;

namespace Cairn.Platform.Connectors.Calls;

/// <summary>A kind of effect that calls of flows are performed as.</summary>
/// <param name="Word">As <see cref="Engine.Programs.Ask.Kind"/> says it: `store.write`.</param>
/// <param name="Recovery">What happens to one that a crash interrupted.</param>
/// <param name="Most">How many are under way at once.</param>
internal sealed record CallKind(string Word, RecoveryClass Recovery, int Most)
{
    /// <summary>A GET, HEAD or OPTIONS: sent again.</summary>
    public static CallKind HttpRead { get; } = new("http.read", RecoveryClass.Repeat, 512);

    /// <summary>Any other HTTP request: never sent again by itself.</summary>
    public static CallKind HttpWrite { get; } = new("http.write", RecoveryClass.Ambiguous, 512);

    /// <summary>A look into a store.</summary>
    public static CallKind StoreRead { get; } = new("store.read", RecoveryClass.Repeat, 64);

    /// <summary>A write to a store: the store remembers the effect's key.</summary>
    public static CallKind StoreWrite { get; } = new("store.write", RecoveryClass.Verify, 64);

    /// <summary>A look into the records of this machine.</summary>
    public static CallKind RecordRead { get; } = new("record.read", RecoveryClass.Repeat, 64);

    /// <summary>A write to the records: they remember the effect's key.</summary>
    public static CallKind RecordWrite { get; } = new("record.write", RecoveryClass.Verify, 64);

    /// <summary>A job or build: a run whose uid follows from the effect's key.</summary>
    public static CallKind Job { get; } = new("job", RecoveryClass.Reattach, 10_000);

    /// <summary>A flow started by another: a run whose uid follows from the effect's key.</summary>
    public static CallKind Child { get; } = new("child", RecoveryClass.Reattach, 10_000);

    /// <summary>An address for callbacks: it follows from the effect's key.</summary>
    public static CallKind Callback { get; } = new("callback", RecoveryClass.Repeat, 64);
}
