using System.Diagnostics;
using Cairn.Engine.Effects;
using Cairn.Simulation.Worlds;

namespace Cairn.Simulation.Performers;

/// <summary>
/// Store writes that carry their effect's key (architecture 3.3). Each looks at the object first; a refusal is success
/// when the object, or on a second issue its absence, is this effect's own doing.
/// </summary>
internal sealed class StorePerformer(World world, Life life) : SimulatedPerformer(world, life, "store", 4)
{
    /// <inheritdoc/>
    public override RecoveryClass Recovery => RecoveryClass.Verify;

    /// <inheritdoc/>
    protected override void Halt(EffectOrder order, StopReason reason) =>
        End(order, reason == StopReason.Interrupted ? Ending.Interrupted : Ending.Known, "stopped");

    /// <inheritdoc/>
    protected override void Begin(EffectOrder order, bool isFirst)
    {
        var act = Act.Of(order);
        var name = $"{order.Key.Run}/{act.Step}";
        var again = !isFirst || order.Issue > 1;
        if (act.Verb == "drop") World.Store.Fill(name);
        Call(() => World.Store.Read(name), seen => Write(order, act, name, seen, again));
    }

    private void Write(EffectOrder order, Act act, string name, StoredObject? seen, bool again)
    {
        var ours = seen?.Writer == order.Key.ToString();
        if (ours && act.Verb != "drop") End(order, Ending.Known, Text(act, seen!.Generation));
        else if (act.Verb == "drop")
            Call(() => Drop(order, act, name), answer => End(order, Ending.Known, Text(answer, again)));
        else
            Call(() => Put(order, act, name, act.Verb == "lock" ? 0 : seen?.Generation ?? 0),
                answer => Answer(order, act, name, answer));
    }

    private StoreAnswer Put(EffectOrder order, Act act, string name, long expected)
    {
        var answer = World.Store.Put(name, order.Key, expected);
        if (answer is StoreAnswer.Stored) World.Did(order, act);
        return answer;
    }

    private StoreAnswer Drop(EffectOrder order, Act act, string name)
    {
        var answer = World.Store.Delete(name, order.Key);
        if (answer is StoreAnswer.Removed) World.Did(order, act);
        return answer;
    }

    private void Answer(EffectOrder order, Act act, string name, StoreAnswer answer)
    {
        switch (answer)
        {
            case StoreAnswer.Stored stored:
                End(order, Ending.Known, Text(act, stored.Generation));
                break;
            case StoreAnswer.PreconditionFailed:
                Call(() => World.Store.Read(name), there => End(order, Ending.Known,
                    there?.Writer == order.Key.ToString() ? Text(act, there.Generation) : "lost to another"));
                break;
            default:
                throw new UnreachableException();
        }
    }

    private static string Text(StoreAnswer answer, bool again) => answer switch
    {
        StoreAnswer.Removed => "dropped",
        StoreAnswer.NotFound when again => "dropped",
        _ => "not found",
    };

    private static string Text(Act act, long generation) =>
        act.Verb == "lock" ? $"held {generation}" : $"generation {generation}";
}
