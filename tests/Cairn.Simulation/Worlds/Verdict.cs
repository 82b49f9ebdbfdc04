namespace Cairn.Simulation.Worlds;

/// <summary>The first invariant that was broken, if any.</summary>
internal sealed class Verdict(Trace trace)
{
    /// <summary>What was broken; null: nothing so far.</summary>
    public string? Broken { get; private set; }

    /// <summary>A line of the trace.</summary>
    public void Note(string line) => trace.Add(line);

    /// <summary>Says that an invariant is broken; the first one counts.</summary>
    public void Break(string message)
    {
        trace.Add($"BROKEN {message}");
        Broken ??= message;
    }
}
