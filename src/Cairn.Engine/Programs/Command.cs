using Cairn.Engine.Runs;

namespace Cairn.Engine.Programs;

/// <summary>What a program asked for in one turn. Closed; journaled with its event.</summary>
public abstract record Command
{
    private Command() { }

    /// <summary>Start an effect.</summary>
    public sealed record Asked(long Effect, Ask Ask) : Command;

    /// <summary>A message to a live effect.</summary>
    public sealed record Told(long Effect, ReadOnlyMemory<byte> Message) : Command;

    /// <summary>Set or move a timer.</summary>
    public sealed record TimerSet(string Timer, DateTimeOffset Due) : Command;

    /// <summary>Forget a timer.</summary>
    public sealed record TimerCleared(string Timer) : Command;

    /// <summary>A word to the world that nobody waits for.</summary>
    public sealed record Noted(string Kind, ReadOnlyMemory<byte> Payload) : Command;

    /// <summary>The visible state changed.</summary>
    public sealed record Shown(string State, Outcome Outcome) : Command;

    /// <summary>The run ended.</summary>
    public sealed record Ended(string State, Outcome Outcome, ReadOnlyMemory<byte> Result) : Command;
}
