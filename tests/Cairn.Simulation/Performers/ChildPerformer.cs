using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Cairn.Engine.Effects;
using Cairn.Engine.Journals;
using Cairn.Engine.Programs;
using Cairn.Engine.Runs;
using Cairn.Engine.Shells;
using Cairn.Simulation.Worlds;

namespace Cairn.Simulation.Performers;

/// <summary>
/// Child runs: created under a uid that follows from the effect's key, so that a second hand-out finds the first one's
/// child. It looks for the child's end in the journal now and then.
/// </summary>
internal sealed class ChildPerformer(World world, Life life, IJournal journal, Action<Intake> post)
    : SimulatedPerformer(world, life, "child", 100)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(700);

    /// <inheritdoc/>
    public override RecoveryClass Recovery => RecoveryClass.Reattach;

    /// <inheritdoc/>
    protected override void Hear(EffectOrder order, string word)
    {
        if (word == "stop") World.Agenda.After(World.Latency(), () => Cancel(order), Life);
    }

    /// <inheritdoc/>
    protected override void Halt(EffectOrder order, StopReason reason) =>
        End(order, reason == StopReason.Interrupted ? Ending.Interrupted : Ending.Known, "left alone");

    /// <inheritdoc/>
    protected override void Begin(EffectOrder order, bool isFirst)
    {
        if (!IsHeld(order)) return;
        if (journal.Find(ChildOf(order.Key).ToString()) is null) Submit(order);
        else Watch(order);
    }

    private void Submit(EffectOrder order)
    {
        var body = Encoding.UTF8.GetString(order.Ask.Request.Span).Split(' ', 2)[1];
        var run = new NewRun(ChildOf(order.Key), "child", "script", Encoding.UTF8.GetBytes(body), default);
        post(new Intake.Submit(run, result =>
        {
            if (result is CommitResult.Committed) Accept(order);
            World.Agenda.After(s_pause, () => Begin(order, isFirst: false), Life);
        }));
    }

    private void Watch(EffectOrder order)
    {
        if (journal.Find(ChildOf(order.Key).ToString()) is { Ended: not null } child)
        {
            World.Did(order, Act.Of(order));
            End(order, Ending.Known, Encoding.UTF8.GetString(child.Result.Span).Replace('\n', ';'));
        }
        else
        {
            World.Agenda.After(s_pause, () => Begin(order, isFirst: false), Life);
        }
    }

    /// <summary>The child may not be there yet; then it is looked for again.</summary>
    private void Cancel(EffectOrder order)
    {
        if (!IsHeld(order)) return;
        if (journal.Find(ChildOf(order.Key).ToString()) is { } child)
            post(new Intake.Send(child.Row, new InboxItem("cancel by parent", InboxKind.Cancel, default), result =>
            {
                if (result is not CommitResult.Committed) World.Agenda.After(s_pause, () => Cancel(order), Life);
            }));
        else World.Agenda.After(s_pause, () => Cancel(order), Life);
    }

    private static RunUid ChildOf(EffectKey key) =>
        new(BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"child of {key}"))));
}
