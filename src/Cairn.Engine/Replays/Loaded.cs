using Cairn.Engine.Programs;
using Cairn.Engine.Records;
using Cairn.Engine.Shells;

namespace Cairn.Engine.Replays;

/// <summary>A run brought back by <see cref="RunLoader"/>.</summary>
internal sealed class Loaded(RunState state)
{
    public RunState State { get; } = state;

    /// <summary>Where and how the replay differed from the journal; null: it did not.</summary>
    public string? Divergence { get; private set; }

    /// <summary>The program as far as it could be brought, also when the run has ended.</summary>
    public IProgram? LastProgram { get; set; }

    public RecordWriter Writer { get; } = new();

    /// <summary>Notes that the program asked for <paramref name="now"/> instead of what the record holds.</summary>
    public void Differs(Record record, IReadOnlyList<Command> now)
    {
        var index = 0;
        while (index < now.Count && index < record.Commands.Count && Same(now[index], record.Commands[index])) index++;
        var stored = index < record.Commands.Count ? Name(record.Commands[index]) : "nothing more";
        var asked = index < now.Count ? Name(now[index]) : "nothing more";
        Divergence = $"record {record.Sequence}, command {index + 1}: "
            + $"the journal holds {stored}, the replay asked for {asked}";
    }

    /// <summary>Runs code of a program family; what it throws is a divergence, never the end of the engine.</summary>
    public void Guard(long record, Action act)
    {
        try
        {
            act();
        }
        catch (JournalDamagedException)
        {
            throw;
        }
        catch (Exception e)
        {
            Divergence = $"record {record} cannot be replayed: {e.Message}";
        }
    }

    private bool Same(Command one, Command other) =>
        Writer.WriteCommands([one]).ToArray().AsSpan().SequenceEqual(Writer.WriteCommands([other]));

    private static string Name(Command command) => command switch
    {
        Command.Asked asked => $"ask {asked.Effect} of kind {asked.Ask.Kind} {asked.Ask.Label}".TrimEnd(),
        Command.Told told => $"a message to effect {told.Effect}",
        Command.TimerSet set => $"timer {set.Timer} for {set.Due:O}",
        Command.TimerCleared cleared => $"the end of timer {cleared.Timer}",
        Command.Noted noted => $"a note {noted.Kind}",
        Command.Shown shown => $"state {shown.State}",
        Command.Ended ended => $"the end {ended.State}",
        _ => command.GetType().Name,
    };
}
