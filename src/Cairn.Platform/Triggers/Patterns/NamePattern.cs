namespace Cairn.Platform.Triggers.Patterns;

/// <summary>What the name of an object has to look like. Pure. Closed.</summary>
public abstract record NamePattern
{
    private NamePattern() { }

    /// <summary>As written.</summary>
    public abstract string Written { get; }

    /// <summary>Names of the captures, in the order of the text.</summary>
    public abstract IReadOnlyList<string> Captures { get; }

    /// <summary>Looks at the whole name.</summary>
    public abstract NameMatch Match(string name);

    /// <summary>A path with captures and globs: `scenes/{scene_id}/usd/.usd_complete`.</summary>
    public sealed record Path(PathTemplate Template) : NamePattern
    {
        /// <inheritdoc/>
        public override string Written => Template.Written;

        /// <inheritdoc/>
        public override IReadOnlyList<string> Captures => Template.Captures;

        /// <inheritdoc/>
        public override NameMatch Match(string name) => Template.Match(name);
    }

    /// <summary>A regular expression over the whole name; its named groups are the captures.</summary>
    public sealed record Expression(NameRegex Regex) : NamePattern
    {
        /// <inheritdoc/>
        public override string Written => Regex.Written;

        /// <inheritdoc/>
        public override IReadOnlyList<string> Captures => Regex.Captures;

        /// <inheritdoc/>
        public override NameMatch Match(string name) => Regex.Match(name);
    }
}

/// <summary>Whether a name fits a pattern. Closed.</summary>
public abstract record NameMatch
{
    private NameMatch() { }

    /// <summary>It fits.</summary>
    /// <param name="Captures">By name, in the order of the pattern.</param>
    public sealed record Fits(IReadOnlyList<KeyValuePair<string, string>> Captures) : NameMatch;

    /// <summary>It does not.</summary>
    /// <param name="Reason">Where it parts from the pattern, as a sentence.</param>
    public sealed record Misses(string Reason) : NameMatch;
}
