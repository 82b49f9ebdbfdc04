namespace Cairn.Flows.Regexes;

/// <summary>
/// The syntax of a regular expression. Closed. Groups leave no trace: nothing asks what they matched.
/// </summary>
internal abstract record RegexNode
{
    private RegexNode() { }

    /// <summary>One code point out of a set.</summary>
    public sealed record One(CharSet Set) : RegexNode;

    /// <summary>A place, not a character.</summary>
    public sealed record Place(PlaceKind Kind) : RegexNode;

    /// <summary>One after the other; none of them: the empty text.</summary>
    public sealed record Sequence(IReadOnlyList<RegexNode> Parts) : RegexNode;

    /// <summary>The first that fits, or the longest.</summary>
    public sealed record Choice(IReadOnlyList<RegexNode> Parts) : RegexNode;

    /// <summary>Again and again; <paramref name="Most"/> is -1 for without end.</summary>
    public sealed record Repeat(RegexNode Part, int Least, int Most, bool IsGreedy) : RegexNode;
}

/// <summary>Places in a text.</summary>
internal enum PlaceKind
{
    TextStart,
    TextEnd,
    LineStart,
    LineEnd,
    WordEdge,
    NoWordEdge,
}
