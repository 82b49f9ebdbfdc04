namespace Cairn.Engine.Runs;

/// <summary>Why an open run stands still until somebody says `resume`.</summary>
public enum Parked
{
    /// <summary>It does not: the run goes on by itself.</summary>
    No,

    /// <summary>Ctrl-C or `interrupt`: its effects were stopped and are repeated on resume (outcome waiting).</summary>
    Interrupted,

    /// <summary>Its program threw at an event; the event is kept and offered again on resume.</summary>
    Stuck,

    /// <summary>A replay asked for something else than the journal holds; resume loads it again.</summary>
    Diverged,
}
