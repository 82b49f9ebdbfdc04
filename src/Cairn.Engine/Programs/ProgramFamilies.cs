using Cairn.Engine.Runs;

namespace Cairn.Engine.Programs;

/// <summary>The languages that this engine knows, by kind.</summary>
public sealed class ProgramFamilies
{
    private readonly SortedDictionary<string, IProgramFamily> _families = new(StringComparer.Ordinal);

    /// <summary>One family a kind.</summary>
    public ProgramFamilies(IEnumerable<IProgramFamily> families)
    {
        foreach (var family in families) _families.Add(family.Kind, family);
    }

    /// <summary>The family of a kind; null: unknown here.</summary>
    public IProgramFamily? Find(string kind) => _families.GetValueOrDefault(kind);

    /// <summary>The family of a run; throws with the known kinds when there is none.</summary>
    public IProgramFamily Of(RunHead run) =>
        Find(run.Kind) ?? throw new InvalidOperationException(
            $"no program family '{run.Kind}' here, known are: {string.Join(", ", _families.Keys)}");
}
