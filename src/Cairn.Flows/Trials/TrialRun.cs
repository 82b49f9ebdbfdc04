using System.Text.Json;
using Cairn.Engine.Journals;
using Cairn.Engine.Programs;
using Cairn.Engine.Runs;
using Cairn.Engine.Shells;
using Cairn.Flows.Compiling;
using Cairn.Flows.Library;
using Cairn.Flows.Program;
using Cairn.Flows.Values;

namespace Cairn.Flows.Trials;

/// <summary>
/// One test under way: the flow in the engine's own shell over a journal in memory, mocks for all performers, and a
/// clock
/// that jumps to the next moment when nothing else can happen.
/// </summary>
internal sealed class TrialRun : IDisposable
{
    private readonly MemoryJournal _journal = new();
    private readonly List<string> _logs = [];
    private readonly TrialClock _clock;
    private readonly Agenda _agenda;
    private readonly MockBook _book;
    private readonly Shell _shell;
    private readonly Trial _trial;
    private UInt128 _seed = 1;
    private long _row;

    private TrialRun(Flow flow, FlowSource source, FlowOptions options, Trial trial, FlowTrace trace)
    {
        _trial = trial;
        _clock = new TrialClock(trial.Now);
        _agenda = new Agenda(_clock);
        _book = new MockBook(trial.Mocks);
        var definition = new FlowDefinition
        {
            File = source.File,
            Source = "",
            Options = options,
            Environment = trial.Environment,
        };
        var endpoints = new MockEndpoints(trial.Callbacks, _agenda, Arrive);
        var world = new ShellWorld(
            _clock, () => _seed++, new ProgramFamilies([new TrialFamily(flow, definition, trace)]),
            [.. EffectKind.All.Select(kind => new MockPerformer(kind, _book, endpoints, _agenda))])
        {
            Changed = change => Note(change.Record.Commands),
        };
        _shell = new Shell(_journal, world, new ShellOptions());
    }

    /// <summary>Runs a test to its end, or to where it cannot go on.</summary>
    public static TrialRecord Run(Flow flow, FlowSource source, FlowOptions options, Trial trial, FlowTrace trace)
    {
        using var run = new TrialRun(flow, source, options, trial, trace);
        return run.Run();
    }

    /// <summary>Lets go of the journal in memory.</summary>
    public void Dispose() => _journal.Dispose();

    private TrialRecord Run()
    {
        _shell.Open();
        var arguments = _trial.Arguments is { } given ? FlowJson.Encode(given) : default;
        var run = new NewRun(new RunUid(1), "test", FlowFamily.Word, default, arguments);
        _shell.Post(new Intake.Submit(run, static _ => { }));
        while (true)
        {
            var wait = Settle();
            var head = _journal.Find("test-1")!;
            _row = head.Row;
            if (!head.IsOpen || _agenda.IsStopped || head.Parked is not Parked.No) return Record(head, null);
            if (_agenda.RunDue()) continue;
            if (Sooner(wait, _agenda.UntilNext) is not { } next)
                return Record(head, "the flow waits for something that this test never brings");
            _clock.Advance(next);
        }
    }

    /// <summary>Turns the shell until it has nothing to do; how long until its next timer.</summary>
    private TimeSpan? Settle()
    {
        while (true)
        {
            var turn = _shell.Turn();
            if (_shell.TakeBatch() is { } batch) _shell.Committed(_journal.Commit(batch));
            else if (!turn.More) return turn.Wait;
        }
    }

    private void Arrive(InboxItem item) => _shell.Post(new Intake.Send(_row, item, static _ => { }));

    private void Note(IReadOnlyList<Command> commands)
    {
        foreach (var noted in commands.OfType<Command.Noted>().Where(note => note.Kind == Program.Ops.LogOp.NoteKind))
        {
            using var note = JsonDocument.Parse(noted.Payload);
            _logs.Add(note.RootElement.TryGetProperty("text", out var text)
                ? text.GetString()!
                : note.RootElement.GetProperty("json").GetRawText());
        }
    }

    private TrialRecord Record(RunHead head, string? stuck)
    {
        var faults = stuck is null ? _book.Faults : [.. _book.Faults, stuck];
        if (head.Parked is not Parked.No) faults = [.. faults, $"the engine parked the run: {head.ParkMessage}"];
        var ended = head.IsOpen ? (FlowValue?)null : PublicJson.Decode(head.Result.Span);
        return new TrialRecord(ended, _book.Calls, _logs, _clock.Elapsed, faults);
    }

    private static TimeSpan? Sooner(TimeSpan? one, TimeSpan? other) =>
        one is { } left && other is { } right ? (left < right ? left : right) : one ?? other;
}
