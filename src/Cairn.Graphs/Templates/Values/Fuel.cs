namespace Cairn.Graphs.Templates.Values;

/// <summary>
/// What one rendering may still use: steps (about one per node visited, item produced or 64 characters copied),
/// characters of a single text, and nesting of calls. Running out raises, the template ends in an error value.
/// </summary>
internal sealed class Fuel(long steps, long textLength)
{
    /// <summary>Python's own limit is about this deep for macros that call themselves.</summary>
    private const int DepthLimit = 300;

    private const int CharactersPerStep = 64;
    private readonly long limit = steps;
    private long left = steps;
    private int depth;

    /// <summary>Steps taken so far.</summary>
    public long Spent => limit - left;

    public void Spend(long count = 1)
    {
        if ((left -= count) < 0)
            throw OutOfSteps();
    }

    /// <summary>Pays for a text of this many characters about to be made.</summary>
    public void Text(long characters)
    {
        Limit(characters);
        if (characters >= CharactersPerStep)
            Spend(characters / CharactersPerStep);
    }

    /// <summary>Refuses a text of this many characters that would grow past the limit, at no cost.</summary>
    public void Limit(long characters)
    {
        if (characters > textLength)
            throw OutOfCharacters();
    }

    /// <summary>Enters a call or a nested value; pair with <see cref="Leave"/>.</summary>
    public void Enter()
    {
        Spend();
        if (++depth > DepthLimit || !System.Runtime.CompilerServices.RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new PyException(PyErrorKind.RecursionError, "maximum recursion depth exceeded");
    }

    public void Leave() => depth--;

    private PyException OutOfSteps() =>
        new(PyErrorKind.FuelExhausted, $"the template used more than {limit} steps");

    private PyException OutOfCharacters() =>
        new(PyErrorKind.FuelExhausted, $"the template made a text of more than {textLength} characters");
}
