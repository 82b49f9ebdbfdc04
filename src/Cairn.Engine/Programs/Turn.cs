using Cairn.Engine.Runs;

namespace Cairn.Engine.Programs;

/// <summary>
/// One call of <see cref="IProgram.Advance"/>: what it is given (time, randomness, fuel) and what it asks for. The
/// engine journals the event together with all that was asked, in one transaction, before any of it is done.
/// </summary>
public sealed class Turn
{
    private int _fuel;

    /// <summary>A turn for one event.</summary>
    /// <param name="now">The time of the event, by the wall clock.</param>
    /// <param name="seed">128 random bits of this event.</param>
    /// <param name="nextEffect">The run's next free effect sequence.</param>
    /// <param name="fuel">Steps until <see cref="Burn"/> says stop.</param>
    public Turn(DateTimeOffset now, UInt128 seed, long nextEffect, int fuel)
    {
        Now = now;
        Seed = seed;
        NextEffect = nextEffect;
        _fuel = fuel;
    }

    /// <summary>The time of the event (`sys.now`), the same in every replay.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>128 random bits of this event, the same in every replay.</summary>
    public UInt128 Seed { get; }

    /// <summary>The sequence that the next <see cref="Ask"/> will return.</summary>
    public long NextEffect { get; private set; }

    /// <summary>All that was asked for in this turn, in order.</summary>
    public List<Command> Commands { get; } = [];

    /// <summary>Takes one step of fuel; false: stop now and return <see cref="Advanced.OutOfFuel"/>.</summary>
    public bool Burn(int steps = 1) => (_fuel -= steps) >= 0;

    /// <summary>More fuel for a continuation of the same event.</summary>
    public void Refuel(int fuel) => _fuel = fuel;

    /// <summary>Starts an effect; returns its sequence, by which reports name it.</summary>
    public long Ask(Ask ask)
    {
        var effect = NextEffect++;
        Commands.Add(new Command.Asked(effect, ask));
        return effect;
    }

    /// <summary>Sends a durable, idempotent message to a live effect (`go`, `restart`, `stop`).</summary>
    public void Tell(long effect, ReadOnlyMemory<byte> message) => Commands.Add(new Command.Told(effect, message));

    /// <summary>Sets or moves a timer; it fires no earlier than <paramref name="due"/> by the wall clock.</summary>
    public void SetTimer(string timer, DateTimeOffset due) => Commands.Add(new Command.TimerSet(timer, due));

    /// <summary>Forgets a timer; unknown is fine.</summary>
    public void ClearTimer(string timer) => Commands.Add(new Command.TimerCleared(timer));

    /// <summary>Tells the world without waiting: a log line, a metric, a CloudEvent.</summary>
    public void Note(string kind, ReadOnlyMemory<byte> payload) => Commands.Add(new Command.Noted(kind, payload));

    /// <summary>Sets the visible state of a run that goes on.</summary>
    public void Show(string state, Outcome outcome) => Commands.Add(new Command.Shown(state, outcome));

    /// <summary>
    /// Ends the run. The program has seen each live effect end before, or has told it to stop and hands it to the
    /// reaper.
    /// </summary>
    /// <param name="state">The language's own word: `COMPLETED`, `FAILED_EXEC_TIMEOUT`.</param>
    /// <param name="outcome">Succeeded, Failed or Cancelled.</param>
    /// <param name="result">UTF-8 JSON: the result, or the error.</param>
    public void End(string state, Outcome outcome, ReadOnlyMemory<byte> result) =>
        Commands.Add(new Command.Ended(state, outcome, result));
}
