namespace Cairn.Graphs.Templates;

/// <summary>How much one rendering may use (spec 1.11, Cairn's embedded defaults).</summary>
/// <param name="Steps">Steps: about one per node visited, item produced or 64 characters copied.</param>
/// <param name="Characters">Characters of output, and of any text on the way to it.</param>
internal sealed record TemplateLimits(long Steps, long Characters)
{
    /// <summary>5,000,000 steps, 64 Mi characters.</summary>
    public static TemplateLimits Default { get; } = new(5_000_000, 64L << 20);
}
