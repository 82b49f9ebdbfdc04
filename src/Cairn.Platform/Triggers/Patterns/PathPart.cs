using System.Text.RegularExpressions;

namespace Cairn.Platform.Triggers.Patterns;

/// <summary>One part of a path pattern, between slashes. Closed.</summary>
internal abstract record PathPart(string Written)
{
    /// <summary>A text that it stands for.</summary>
    internal string Example => this switch
    {
        Literal literal => literal.Text,
        Glob glob => glob.Sample,
        _ => "x",
    };

    /// <summary>Exactly this text.</summary>
    internal sealed record Literal(string Written, string Text) : PathPart(Written);

    /// <summary>One part of a name that fits a glob.</summary>
    internal sealed record Glob(string Written, Regex Regex, IReadOnlyList<string> Captures) : PathPart(Written)
    {
        /// <summary>The shortest kind of text that fits it.</summary>
        internal string Sample { get; init; } = "x";
    }

    /// <summary>`**`: any number of parts, also none; with a capture at least one.</summary>
    internal sealed record Deep(string Written, string? Capture) : PathPart(Written)
    {
        /// <summary>How few parts of a name it stands for.</summary>
        internal int Least => Capture is null ? 0 : 1;
    }
}
