using System.Text;
using Cairn.Engine.Journals;
using Cairn.Engine.Programs;
using Cairn.Engine.Runs;
using Cairn.Engine.Shells;
using Cairn.Simulation.Journals;
using Cairn.Simulation.Scripts;
using Cairn.Simulation.Seeds;
using Cairn.Simulation.Worlds;

namespace Cairn.Simulation.Runs;

/// <summary>
/// The people and programs outside: they submit runs, send signals, cancel, interrupt. Through the engine's process, or
/// past it from a process of their own; again and again with the same uid or key until it is acknowledged.
/// </summary>
internal sealed class Client(Agenda agenda, Dice dice, IJournal journal, Audit audit)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);
    private readonly SortedSet<string> _acknowledged = new(StringComparer.Ordinal);
    private int _wanted;

    /// <summary>The engine's process, while it lives.</summary>
    public Action<Intake>? Engine { get; set; }

    /// <summary>The wall clock, for what a process of its own writes.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Everything acknowledged so far: `uid` of a submit, `uid key` of an inbox row.</summary>
    public IEnumerable<string> Acknowledged => _acknowledged;

    /// <summary>Whether something is still to be sent, or waits to be acknowledged.</summary>
    public bool IsBusy => _wanted > _acknowledged.Count;

    /// <summary>Submits a run at a moment, until it is acknowledged.</summary>
    public void SubmitAt(TimeSpan moment, NewRun run)
    {
        _wanted++;
        agenda.After(moment, () => Submit(run));
    }

    /// <summary>Puts down all that will be done to a run.</summary>
    public void Schedule(PlannedRun planned, RunUid uid)
    {
        var definition = Encoding.UTF8.GetBytes(ScriptText.Write(planned.Body));
        var run = new NewRun(uid, "run", "script", definition, default);
        SubmitAt(planned.At, run);
        foreach (var step in ScriptStep.Unfold(planned.Body).Where(step => step.Script is Script.Listen))
        {
            var signal = new InboxItem($"signal {step.Name}", InboxKind.Signal, Encoding.UTF8.GetBytes(step.Name));
            _wanted++;
            agenda.After(planned.At + TimeSpan.FromMilliseconds(dice.Between(0, 15_000)), () => Send(uid, signal));
        }

        Meddle(planned, uid);
    }

    private void Meddle(PlannedRun planned, RunUid uid)
    {
        var first = planned.At + planned.MeddleAfter;
        _wanted += planned.Meddling switch
        {
            Meddling.None => 0,
            Meddling.Interrupt or Meddling.InterruptThenCancel => 2,
            _ => 1,
        };
        switch (planned.Meddling)
        {
            case Meddling.Interrupt:
                agenda.After(first, () => Send(uid, Item(InboxKind.Interrupt), () =>
                    agenda.After(planned.MeddleAfter, () => Send(uid, Item(InboxKind.Resume)))));
                break;
            case Meddling.InterruptThenCancel:
                agenda.After(first, () => Send(uid, Item(InboxKind.Interrupt), () =>
                    agenda.After(planned.MeddleAfter, () => Send(uid, Item(InboxKind.Cancel)))));
                break;
            case Meddling.Cancel:
                agenda.After(first, () => Send(uid, Item(InboxKind.Cancel)));
                break;
            case Meddling.Terminate:
                agenda.After(first, () => Send(uid, Item(InboxKind.Terminate)));
                break;
        }
    }

    private static InboxItem Item(InboxKind kind) => new(kind.ToString(), kind, default);

    private void Submit(NewRun run)
    {
        var name = run.Uid.ToString();
        if (_acknowledged.Contains(name)) return;
        agenda.After(s_patience, () => Submit(run));
        if (Engine is { } engine && dice.PerMille(700))
        {
            engine(new Intake.Submit(run, result => Acknowledge(name, result, () => journal.Find(name) is not null)));
            return;
        }

        var batch = new Batch();
        batch.Created.Add((run with { Version = 1 }, Time.GetUtcNow()));
        Commit(batch, name);
    }

    private void Send(RunUid uid, InboxItem item, Action? then = null)
    {
        var name = $"{uid} {item.Key}";
        if (_acknowledged.Contains(name)) return;
        agenda.After(s_patience, () => Send(uid, item, then));
        if (journal.Find(uid.ToString()) is not { } run) return;
        audit.Verdict.Note($"{run.Id} is sent {item.Key}");
        if (Engine is { } engine && dice.PerMille(600))
        {
            engine(new Intake.Send(run.Row, item, result =>
                Acknowledge(name, result, () => audit.Knows(uid, item.Key), then)));
            return;
        }

        var batch = new Batch();
        batch.Sent.Add((run.Row, item));
        Commit(batch, name, then);
    }

    private void Commit(Batch batch, string name, Action? then = null)
    {
        var result = journal.Commit(batch);
        if (result is CommitResult.Failed && journal.Reopen() is null && journal.Holds(batch))
            result = new CommitResult.Committed(journal.LastCommit());
        if (result is not CommitResult.Committed) return;
        audit.Committed(batch);
        Acknowledge(name, result, static () => true, then);
        Engine?.Invoke(new Intake.Poked());
    }

    private void Acknowledge(string name, CommitResult result, Func<bool> isThere, Action? then = null)
    {
        if (result is not CommitResult.Committed || !_acknowledged.Add(name)) return;
        audit.Verdict.Note($"acknowledged {name}");
        if (!isThere()) audit.Verdict.Break($"{name} was acknowledged before it was committed");
        then?.Invoke();
    }
}
