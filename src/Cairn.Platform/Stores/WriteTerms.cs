namespace Cairn.Platform.Stores;

/// <summary>On what terms a write may happen.</summary>
public sealed record WriteTerms
{
    /// <summary>No terms.</summary>
    public static WriteTerms Any { get; } = new();

    /// <summary>0: the object must not exist; n: its generation must be exactly n; null: whatever is there.</summary>
    public long? IfGeneration { get; init; }

    /// <summary>
    /// The effect's key. The same write under the same key happens once and is answered the same again (architecture
    /// 3.3); another write of the same object under it is <see cref="StoreFault.KeyReused"/>.
    /// </summary>
    public string? EffectKey { get; init; }

    /// <summary>Attached to the object.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Metadata { get; init; } = [];
}

/// <summary>What became of a write. Closed.</summary>
public abstract record WriteAnswer
{
    private WriteAnswer() { }

    /// <summary>It is written and durable.</summary>
    /// <param name="Object">The new version.</param>
    /// <param name="Repeated">This effect key had written it before: nothing new happened.</param>
    public sealed record Written(StoredObject Object, bool Repeated) : WriteAnswer;

    /// <summary>It is gone, durably.</summary>
    /// <param name="Generation">The version that was deleted.</param>
    /// <param name="Repeated">This effect key had deleted it before: nothing new happened.</param>
    public sealed record Deleted(long Generation, bool Repeated) : WriteAnswer;

    /// <summary>There was nothing to delete.</summary>
    public sealed record Absent : WriteAnswer
    {
        /// <summary>The only instance.</summary>
        public static Absent Instance { get; } = new();
    }

    /// <summary>The terms do not hold; nothing happened.</summary>
    /// <param name="Expected">What <see cref="WriteTerms.IfGeneration"/> said.</param>
    /// <param name="Actual">The generation that is there, 0 for none.</param>
    public sealed record Refused(long Expected, long Actual) : WriteAnswer;
}
