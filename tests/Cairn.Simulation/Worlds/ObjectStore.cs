using Cairn.Engine.Effects;

namespace Cairn.Simulation.Worlds;

/// <summary>
/// A store of objects with generations and conditional writes. <paramref name="remembers"/>: our own, which gives the
/// first answer again for an (object, key); otherwise a foreign one, which keeps the writer's key as metadata only.
/// </summary>
internal sealed class ObjectStore(bool remembers)
{
    private readonly SortedDictionary<string, StoredObject> _objects = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _generations = new(StringComparer.Ordinal);
    private readonly SortedDictionary<(string Object, string Key), StoreAnswer> _answers = [];

    /// <summary>What is there now; null: nothing.</summary>
    public StoredObject? Read(string name) => _objects.GetValueOrDefault(name);

    /// <summary>An object that somebody else put there before all time, unless there ever was one.</summary>
    public void Fill(string name)
    {
        if (_generations.TryAdd(name, 1)) _objects[name] = new StoredObject(1, "somebody else");
    }

    /// <summary>
    /// Writes when the current generation is <paramref name="expected"/> (0: absent; null: whatever is there).
    /// </summary>
    public StoreAnswer Put(string name, EffectKey key, long? expected) => Once(name, key, () =>
    {
        var current = Read(name)?.Generation ?? 0;
        if (expected is { } wanted && wanted != current) return new StoreAnswer.PreconditionFailed(current);
        var generation = _generations[name] = _generations.GetValueOrDefault(name) + 1;
        _objects[name] = new StoredObject(generation, key.ToString());
        return new StoreAnswer.Stored(generation);
    });

    /// <summary>Takes it away.</summary>
    public StoreAnswer Delete(string name, EffectKey key) => Once(name, key, () =>
        _objects.Remove(name) ? StoreAnswer.Removed.Instance : StoreAnswer.NotFound.Instance);

    private StoreAnswer Once(string name, EffectKey key, Func<StoreAnswer> act)
    {
        if (!remembers) return act();
        if (_answers.TryGetValue((name, key.ToString()), out var before)) return before;
        return _answers[(name, key.ToString())] = act();
    }
}

/// <summary>An object: its generation, and the key of the effect that wrote it.</summary>
internal sealed record StoredObject(long Generation, string Writer);

/// <summary>What a store answers. Closed.</summary>
internal abstract record StoreAnswer
{
    private StoreAnswer() { }

    /// <summary>200: this generation now.</summary>
    public sealed record Stored(long Generation) : StoreAnswer;

    /// <summary>204: it was there and is gone.</summary>
    public sealed record Removed : StoreAnswer
    {
        public static Removed Instance { get; } = new();
    }

    /// <summary>412: another generation is there.</summary>
    public sealed record PreconditionFailed(long Generation) : StoreAnswer;

    /// <summary>404: it is not there.</summary>
    public sealed record NotFound : StoreAnswer
    {
        public static NotFound Instance { get; } = new();
    }
}
