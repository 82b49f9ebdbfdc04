namespace Cairn.Conformance.Tables;

/// <summary>One row of the tables: a flow and what must come of it.</summary>
/// <param name="Name">`1.4-jumps: break leaves the innermost loop`.</param>
/// <param name="Source">The flow's text.</param>
/// <param name="Expected">What must come of it.</param>
internal sealed record FlowCase(string Name, string Source, Expectation Expected)
{
    /// <summary>With `--lenient`.</summary>
    public bool Lenient { get; init; }

    /// <summary>With `--strict`: ceilings on size are errors.</summary>
    public bool Strict { get; init; }

    /// <summary>The argument, JSON text; null: none was given.</summary>
    public string? Arguments { get; init; }

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Virtual seconds that the run takes; null: not looked at.</summary>
    public double? Waits { get; init; }

    /// <summary>What sys.log wrote, in order; null: not looked at.</summary>
    public IReadOnlyList<string>? Logs { get; init; }

    /// <summary>Rules of leniency that must be among the warnings.</summary>
    public IReadOnlyList<string> Warns { get; init; } = [];

    /// <summary>What the server answers under /reply, one after another; the last one stays.</summary>
    public IReadOnlyList<CannedReply> Replies { get; init; } = [];

    /// <summary>How many requests the server must have seen under /reply; null: not looked at.</summary>
    public int? Requests { get; init; }

    /// <summary>A request that comes to the flow's callback.</summary>
    public CallbackRequest? Callback { get; init; }

    public override string ToString() => Name;
}

/// <summary>What the test's server answers.</summary>
internal sealed record CannedReply(int Status, string? ContentType, string Body, IReadOnlyList<string> Headers);

/// <summary>A request that somebody sends to a callback after so many virtual seconds.</summary>
internal sealed record CallbackRequest(string Method, string Body, double After);
