namespace Cairn.Flows.Regexes;

/// <summary>What an instruction does.</summary>
internal enum RegexOp
{
    /// <summary>Takes one code point out of a set and goes on.</summary>
    Take,

    /// <summary>Goes on at one place, and, less gladly, at another.</summary>
    Fork,

    /// <summary>Goes on where a place of the text is of a kind.</summary>
    Demand,

    /// <summary>A match.</summary>
    Match,
}

/// <summary>An instruction of a compiled regular expression.</summary>
/// <param name="Op">What it does.</param>
/// <param name="Next">Where it goes on.</param>
/// <param name="Other">The second place of a fork, -1 without.</param>
/// <param name="Set">What it takes.</param>
/// <param name="Place">What it demands.</param>
internal readonly record struct RegexStep(RegexOp Op, int Next, int Other, CharSet? Set, PlaceKind Place);

/// <summary>
/// A regular expression as a list of steps, run by <see cref="RegexMatcher"/>. Repetitions are written out, hence the
/// limit of its size.
/// </summary>
internal sealed class RegexProgram
{
    private const int SizeLimit = 20_000;
    private readonly List<RegexStep> _steps = [];

    private RegexProgram(RegexNode node)
    {
        var end = Add(new RegexStep(RegexOp.Match, -1, -1, null, default));
        Start = Compile(node, end);
    }

    /// <summary>Where matching starts.</summary>
    public int Start { get; }

    public IReadOnlyList<RegexStep> Steps => _steps;

    /// <summary>Throws <see cref="RegexFault"/> for a pattern that RE2 refuses.</summary>
    public static RegexProgram Compile(string pattern) => new(new RegexParser(pattern).Parse());

    /// <summary>The place where a node starts that goes on at <paramref name="next"/>: code grows backwards.</summary>
    private int Compile(RegexNode node, int next)
    {
        switch (node)
        {
            case RegexNode.One one:
                return Add(new RegexStep(RegexOp.Take, next, -1, one.Set, default));
            case RegexNode.Place place:
                return Add(new RegexStep(RegexOp.Demand, next, -1, null, place.Kind));
            case RegexNode.Sequence sequence:
                for (var i = sequence.Parts.Count - 1; i >= 0; i--)
                    next = Compile(sequence.Parts[i], next);
                return next;
            case RegexNode.Choice choice:
                var start = Compile(choice.Parts[^1], next);
                for (var i = choice.Parts.Count - 2; i >= 0; i--)
                    start = Fork(Compile(choice.Parts[i], next), start);
                return start;
            case RegexNode.Repeat repeat:
                return Compile(repeat, next);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>
    /// `{n,}` is n - 1 copies and a loop that is entered, `*` the same or nothing: then an empty round ends the loop
    /// in the order of preference that RE2 has.
    /// </summary>
    private int Compile(RegexNode.Repeat repeat, int next)
    {
        var (start, copies) = (next, repeat.Least);
        if (repeat.Most < 0)
        {
            var loop = Add(default);
            start = Compile(repeat.Part, loop);
            _steps[loop] = Forking(start, next, repeat.IsGreedy);
            if (repeat.Least == 0)
                start = Add(Forking(start, next, repeat.IsGreedy));
            copies = Math.Max(0, repeat.Least - 1);
        }

        for (var i = repeat.Least; i < repeat.Most; i++)
        {
            var body = Compile(repeat.Part, start);
            start = Add(Forking(body, next, repeat.IsGreedy));
        }

        for (var i = 0; i < copies; i++)
            start = Compile(repeat.Part, start);
        return start;
    }

    private int Fork(int first, int second) => Add(Forking(first, second, isGreedy: true));

    private static RegexStep Forking(int body, int next, bool isGreedy) => isGreedy
        ? new RegexStep(RegexOp.Fork, body, next, null, default)
        : new RegexStep(RegexOp.Fork, next, body, null, default);

    private int Add(RegexStep step)
    {
        if (_steps.Count >= SizeLimit)
            throw new RegexFault("the pattern is too large: its repetitions multiply");
        _steps.Add(step);
        return _steps.Count - 1;
    }
}
