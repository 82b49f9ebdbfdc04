namespace Cairn.Conformance.Tables;

/// <summary>What must come of a flow. Closed.</summary>
internal abstract record Expectation
{
    private Expectation() { }

    /// <summary>It ends well with this value.</summary>
    /// <param name="Json">Canonical JSON (<see cref="CanonicalJson"/>).</param>
    /// <param name="Keys">The keys of the resulting map in this order; null: not looked at.</param>
    internal sealed record Result(string Json, IReadOnlyList<string>? Keys = null) : Expectation;

    /// <summary>It ends with an error.</summary>
    internal sealed record Error : Expectation
    {
        /// <summary>The raised value, canonical JSON; null: not looked at.</summary>
        public string? Payload { get; init; }

        /// <summary>Tags that it must carry.</summary>
        public IReadOnlyList<string> Tags { get; init; } = [];

        /// <summary>Words of its message.</summary>
        public IReadOnlyList<string> Says { get; init; } = [];

        /// <summary>Pieces of its context.</summary>
        public IReadOnlyList<string> Context { get; init; } = [];

        /// <summary>`step routine` for each frame, innermost first; null: not looked at.</summary>
        public IReadOnlyList<string>? Stack { get; init; }
    }

    /// <summary>It is refused before it runs.</summary>
    internal sealed record Invalid : Expectation
    {
        /// <summary>From 1; null: not looked at.</summary>
        public int? Line { get; init; }

        /// <summary>From 1; null: not looked at.</summary>
        public int? Column { get; init; }

        /// <summary>Words of one message (or its hint).</summary>
        public IReadOnlyList<string> Says { get; init; } = [];
    }
}
