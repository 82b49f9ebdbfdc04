using Cairn.Engine.Journals;
using Cairn.Engine.Programs;
using Cairn.Engine.Records;
using Cairn.Engine.Runs;
using Cairn.Engine.Shells;

namespace Cairn.Engine.Replays;

/// <summary>
/// Brings a run back as its journal has it: the newest snapshot, then the records after it, each compared with what the
/// program asks for now. Reads only; any process may do it.
/// </summary>
internal sealed class RunLoader(IJournal journal, ProgramFamilies families)
{
    private const int Page = 256;
    private (string Hash, ReadOnlyMemory<byte> Content) _definition;

    /// <summary>
    /// The state after the last record, or after record <paramref name="until"/>. Where the program asks for something
    /// else than is recorded, or cannot be loaded, <see cref="Loaded.Divergence"/> says so; the engine's own part is
    /// whole all the same. Throws <see cref="JournalDamagedException"/> when the chain is broken.
    /// </summary>
    public Loaded Load(RunHead run, long until = long.MaxValue)
    {
        var replay = Begin(run, until);
        while (replay.State.Sequence < until)
        {
            var rows = journal.Records(run.Row, replay.State.Sequence, Page);
            foreach (var row in rows)
            {
                if (row.Sequence > until) break;
                Follow(run, replay, row);
            }

            if (rows.Count < Page) break;
        }

        if (replay.Divergence is not null) replay.State.Program = null;
        return replay;
    }

    /// <summary>
    /// The program after the last record, also of a run that has ended; null: it cannot be brought back.
    /// </summary>
    public IProgram? LoadProgram(RunHead run, long until = long.MaxValue) => Load(run, until).LastProgram;

    private Loaded Begin(RunHead run, long until)
    {
        var snapshot = journal.Snapshot(run.Row);
        if (snapshot is null || snapshot.Sequence > until)
        {
            var fresh = new Loaded(new RunState { Chain = RecordChain.Start(run.Uid) });
            fresh.Guard(0, () => fresh.State.Program = fresh.LastProgram = families.Of(run).Load(Definition(run),
                run.Version));
            return fresh;
        }

        var (state, saved) = Snapshots.Read(snapshot.Payload);
        var loaded = new Loaded(state);
        if (saved is { } bytes)
            loaded.Guard(
                state.Sequence,
                () => state.Program = loaded.LastProgram = families.Of(run).Restore(Definition(run), run.Version,
                    bytes));
        return loaded;
    }

    /// <summary>Many runs share one definition: the last one is kept.</summary>
    private ReadOnlyMemory<byte> Definition(RunHead run)
    {
        if (_definition.Hash != run.Definition) _definition = (run.Definition, journal.Definition(run));
        return _definition.Content;
    }

    private void Follow(RunHead run, Loaded replay, RecordRow row)
    {
        var state = replay.State;
        if (row.Sequence != state.Sequence + 1)
            throw new JournalDamagedException(
                $"run {run.Id} has no record {state.Sequence + 1}, but one numbered {row.Sequence}");
        if (RecordChain.Link(state.Chain, row.Payload.Span) != row.Chain)
            throw new JournalDamagedException(
                $"record {row.Sequence} of run {run.Id} does not follow from the one before: "
                + "the journal is damaged there");
        var reader = new RecordReader(row.Payload, journal);
        var record = reader.Read(row.Sequence);
        var stored = row.Payload[reader.CommandsAt..];
        if (record.Taking is Taking.ByProgram && state.Program is not null && replay.Divergence is null)
            replay.Guard(row.Sequence, () => Repeat(replay, record, stored));
        state.Apply(record, row.Chain, row.Payload.Length);
    }

    private static void Repeat(Loaded replay, Record record, ReadOnlyMemory<byte> stored)
    {
        var state = replay.State;
        var happened = record.Event switch
        {
            JournalEvent.Happened own => own.Event,
            JournalEvent.Again when state.StuckEvent is not null => state.StuckEvent,
            _ => throw new JournalDamagedException($"record {record.Sequence} holds no event for its program"),
        };
        var turn = new Turn(record.At, record.Seed, state.NextEffect, ProgramStep.Fuel);
        var commands = ProgramStep.TakeWhole(state.Program!, happened, turn);
        if (!replay.Writer.WriteCommands(commands).SequenceEqual(stored.Span))
            replay.Differs(record, commands);
    }
}
