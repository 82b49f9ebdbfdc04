using System.Text;
using Cairn.Engine.Effects;
using Cairn.Engine.Journals;
using Cairn.Engine.Programs;
using Cairn.Engine.Runs;
using Cairn.Engine.Shells;

namespace Cairn.Conformance.Worlds;

/// <summary>
/// One run in the engine's own shell over a journal in memory. Time passes only when nothing else can happen: no work
/// in
/// the shell, and each attempt under way at a performer hangs on purpose.
/// </summary>
internal sealed class FlowWorld : IDisposable
{
    /// <summary>Real time that a real answer may take before a case counts as stuck.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly MemoryJournal _journal = new();
    private readonly Shell _shell;
    private readonly AutoResetEvent _posted = new(false);
    private readonly Busy _busy = new();
    private readonly RunUid _uid = new(0x0123456789abcdef);
    private UInt128 _seed = 1;

    public FlowWorld(IProgramFamily family, IEnumerable<IPerformer> performers)
    {
        var world = new ShellWorld(
            Clock, NextSeed, new ProgramFamilies([family]), [.. performers.Select(one => new Watched(one, _busy))])
        {
            Changed = change => Commands.AddRange(change.Record.Commands),
        };
        _shell = new Shell(_journal, world, new ShellOptions()) { Wake = () => _posted.Set() };
        _shell.Open();
        _busy.Ended = Wake;
    }

    public void Dispose()
    {
        _journal.Dispose();
        _posted.Dispose();
    }

    public VirtualClock Clock { get; } = new();

    /// <summary>All that the program asked for, in order.</summary>
    public List<Command> Commands { get; } = [];

    /// <summary>Attempts that hang on purpose: time may pass while only these are under way.</summary>
    public Func<int> Hanging { get; init; } = static () => 0;

    /// <summary>Something that comes from outside when the clock reaches it.</summary>
    public (TimeSpan After, Func<InboxItem> Item)? Arrival { get; set; }

    /// <summary>Wakes the world: something that <see cref="Hanging"/> counts has changed.</summary>
    public void Wake() => _posted.Set();

    /// <summary>Runs a definition until it ends.</summary>
    public RunHead Run(string kind, ReadOnlyMemory<byte> definition, string? arguments)
    {
        var json = arguments is null ? default : (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(arguments);
        _shell.Post(new Intake.Submit(new NewRun(_uid, "case", kind, definition, json), static _ => { }));
        while (true)
        {
            var wait = Settle();
            var head = _journal.Find(_uid.ToString());
            if (head is not null && head.Outcome is not (Outcome.Running or Outcome.Waiting)) return head;
            var isBusy = _busy.Count > Hanging();
            // An answer that came meanwhile is in the shell's hands before its performer counts as idle.
            if (!_shell.IsIdle) continue;
            if (isBusy)
            {
                Assert.True(_posted.WaitOne(Patience), "no performer answered");
                continue;
            }

            if (Arrival is { } arrival && (wait is not { } due || Clock.Elapsed + due >= arrival.After))
            {
                Arrive(head!, arrival.After, arrival.Item());
                continue;
            }

            Assert.True(wait is not null, $"the run waits for nothing that could happen {head?.ParkMessage}");
            Clock.Advance(wait!.Value);
        }
    }

    private void Arrive(RunHead head, TimeSpan after, InboxItem item)
    {
        Arrival = null;
        if (after > Clock.Elapsed) Clock.Advance(after - Clock.Elapsed);
        _shell.Post(new Intake.Send(head.Row, item, static _ => { }));
    }

    /// <summary>Turns the shell until it has nothing to do; the time until its next timer.</summary>
    private TimeSpan? Settle()
    {
        while (true)
        {
            var turn = _shell.Turn();
            if (_shell.TakeBatch() is { } batch)
            {
                _shell.Committed(_journal.Commit(batch));
                continue;
            }

            if (!turn.More) return turn.Wait;
        }
    }

    private UInt128 NextSeed() => new(0x9e3779b97f4a7c15UL * (ulong)++_seed, 0xbf58476d1ce4e5b9UL ^ (ulong)_seed);
}
