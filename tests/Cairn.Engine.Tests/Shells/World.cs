using System.Text;
using Cairn.Engine.Effects;
using Cairn.Engine.Journals;
using Cairn.Engine.Programs;
using Cairn.Engine.Runs;
using Cairn.Engine.Shells;

namespace Cairn.Engine.Tests.Shells;

/// <summary>A shell with its world in a test's hands: hand-moved clock, counted seeds, commits one at a time.</summary>
internal sealed class World
{
    private readonly IPerformer[] _performers;
    private readonly ShellOptions _options;
    private UInt128 _seed = 1;
    private int _uids;

    public World(IEnumerable<IPerformer> performers, IJournal? journal = null, ShellOptions? options = null)
    {
        _performers = [.. performers];
        _options = options ?? new ShellOptions();
        Journal = journal ?? new MemoryJournal();
        Shell = NewShell();
        Shell.Open();
    }

    public IJournal Journal { get; }

    public ScriptFamily Family { get; } = new();

    public HandClock Clock { get; } = new();

    public Shell Shell { get; private set; }

    public List<string> Changes { get; } = [];

    /// <summary>Runs the shell until nothing is left to do, committing as it goes.</summary>
    public void Settle()
    {
        while (true)
        {
            var turn = Shell.Turn();
            if (CommitOne()) continue;
            if (!turn.More) return;
        }
    }

    /// <summary>Commits what is there; false: nothing.</summary>
    public bool CommitOne()
    {
        if (Shell.TakeBatch() is not { } batch) return false;
        Shell.Committed(Journal.Commit(batch));
        return true;
    }

    /// <summary>Submits a script and returns its row's head once it is committed.</summary>
    public RunHead Submit(string script, string name = "run", params KeyValuePair<string, string>[] labels)
    {
        var uid = new RunUid((UInt128)(++_uids));
        CommitResult? result = null;
        Shell.Post(new Intake.Submit(
            new NewRun(uid, name, "script", Encoding.UTF8.GetBytes(script), default) { Labels = labels },
            done => result = done));
        Shell.Turn();
        CommitOne();
        Assert.IsType<CommitResult.Committed>(result);
        return Journal.Find(uid.ToString())!;
    }

    /// <summary>Submits a script and goes on until nothing is left to do.</summary>
    public RunHead Run(string script)
    {
        var head = Submit(script);
        Settle();
        return Head(head);
    }

    public void Send(RunHead run, InboxKind kind, string key)
    {
        Shell.Post(new Intake.Send(run.Row, new InboxItem(key, kind, default), static _ => { }));
    }

    public RunHead Head(RunHead run) => Journal.Find(run.Row)!;

    public string Result(RunHead run) => Encoding.UTF8.GetString(Head(run).Result.Span);

    /// <summary>The process dies: all that was not committed is gone, a new shell opens the journal.</summary>
    public void Crash(Action? whileDown = null)
    {
        whileDown?.Invoke();
        Shell = NewShell();
        Shell.Open();
    }

    private Shell NewShell() =>
        new(Journal, new ShellWorld(Clock, () => _seed++, new ProgramFamilies([Family]), _performers)
        {
            Changed = change => Changes.Add($"{change.Run.Id} {change.Record.Sequence}"),
        }, _options);
}
