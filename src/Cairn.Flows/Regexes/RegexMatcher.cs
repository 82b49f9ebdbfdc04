using Cairn.Flows.Expressions;

namespace Cairn.Flows.Regexes;

/// <summary>
/// Runs a program over a text with all its threads side by side, so that time grows with the product of both lengths
/// and never faster. Threads are kept in the order of their preference, those that started further left first.
/// Positions are UTF-16; characters are code points.
/// </summary>
internal sealed class RegexMatcher
{
    /// <summary>A step of a thread costs about as much as this many characters of other functions.</summary>
    private const int StepCost = 3;

    private readonly RegexProgram _program;
    private readonly string _text;
    private readonly Evaluation _evaluation;
    private readonly int[] _seenAt;
    private readonly int[] _stack;
    private readonly int _single;
    private Threads _current;
    private Threads _next;
    private int _generation;
    private int _visits;

    public RegexMatcher(RegexProgram program, string text, Evaluation evaluation)
    {
        (_program, _text, _evaluation) = (program, text, evaluation);
        var size = program.Steps.Count;
        _seenAt = new int[size];
        _stack = new int[size + 1];
        (_current, _next) = (new Threads(size), new Threads(size));
        _single = program.Steps[program.Start] is { Op: RegexOp.Take, Set: { } set } ? set.Single : -1;
    }

    /// <summary>
    /// The leftmost match that starts at <paramref name="from"/> or behind: the longest of those that start there, or
    /// the one that the pattern prefers. Null without one.
    /// </summary>
    public (int Start, int End)? Find(int from, bool isLongest)
    {
        (int Start, int End)? found = null;
        _current.Count = 0;
        for (var at = from; ; at += SizeAt(at))
        {
            if (_current.Count == 0)
            {
                if (found is not null)
                    return found;
                if (_single is >= 0 and < 0xD800)
                {
                    var skipped = at > _text.Length ? -1 : _text.IndexOf((char)_single, at);
                    if (skipped < 0)
                        return null;
                    at = skipped;
                }

                _generation++;
            }

            if (found is null)
                Start(_current, _program.Start, at, at);
            _evaluation.Spend(StepCost * (_current.Count + _visits + 1));
            _visits = 0;
            Step(at, isLongest, ref found);
            (_current, _next) = (_next, _current);
            if (at >= _text.Length)
                return found;
        }
    }

    /// <summary>Moves all threads over the character at a position, or ends those that match before it.</summary>
    private void Step(int at, bool isLongest, ref (int Start, int End)? found)
    {
        _next.Count = 0;
        _generation++;
        var size = SizeAt(at);
        var point = at >= _text.Length ? -1 : size == 2 ? char.ConvertToUtf32(_text, at) : _text[at];
        for (var i = 0; i < _current.Count; i++)
        {
            var (place, start) = (_current.Places[i], _current.Starts[i]);
            if (isLongest && found is { } better && better.Start < start)
                return;
            var step = _program.Steps[place];
            if (step.Op == RegexOp.Match)
            {
                found = (start, at);
                // All threads behind this one are liked less.
                if (!isLongest)
                    return;
            }
            else if (point >= 0 && step.Set!.Has(point))
            {
                Start(_next, step.Next, start, at + size);
            }
        }
    }

    /// <summary>Adds a thread and all that it forks into before it takes a character.</summary>
    private void Start(Threads threads, int place, int start, int at)
    {
        var depth = 0;
        _stack[depth++] = place;
        while (depth > 0)
        {
            var current = _stack[--depth];
            if (_seenAt[current] == _generation)
                continue;
            _seenAt[current] = _generation;
            _visits++;
            var step = _program.Steps[current];
            switch (step.Op)
            {
                case RegexOp.Fork:
                    // A place is pushed at most once a generation and fork, so the stack is large enough.
                    if (_seenAt[step.Other] != _generation)
                        Push(ref depth, step.Other);
                    Push(ref depth, step.Next);
                    break;
                case RegexOp.Demand when Holds(step.Place, at):
                    Push(ref depth, step.Next);
                    break;
                case RegexOp.Demand:
                    break;
                default:
                    threads.Add(current, start);
                    break;
            }
        }
    }

    private void Push(ref int depth, int place)
    {
        if (_seenAt[place] != _generation)
            _stack[depth++] = place;
    }

    private bool Holds(PlaceKind kind, int at) => kind switch
    {
        PlaceKind.TextStart => at == 0,
        PlaceKind.TextEnd => at == _text.Length,
        PlaceKind.LineStart => at == 0 || _text[at - 1] == '\n',
        PlaceKind.LineEnd => at == _text.Length || _text[at] == '\n',
        PlaceKind.WordEdge => IsWord(at - 1) != IsWord(at),
        PlaceKind.NoWordEdge => IsWord(at - 1) == IsWord(at),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private bool IsWord(int at) => at >= 0 && at < _text.Length && CharClasses.IsWordPart(_text[at]);

    private int SizeAt(int at) => at < _text.Length && char.IsSurrogatePair(_text, at) ? 2 : 1;

    /// <summary>The threads at one position of the text, the most preferred first.</summary>
    private sealed class Threads(int size)
    {
        public int[] Places { get; } = new int[size];

        public int[] Starts { get; } = new int[size];

        public int Count { get; set; }

        public void Add(int place, int start)
        {
            Places[Count] = place;
            Starts[Count] = start;
            Count++;
        }
    }
}
