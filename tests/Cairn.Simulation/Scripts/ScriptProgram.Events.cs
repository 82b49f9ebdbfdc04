using System.Diagnostics;
using System.Globalization;
using System.Text;
using Cairn.Engine.Effects;
using Cairn.Engine.Programs;

namespace Cairn.Simulation.Scripts;

/// <content>What happens to a script: reports, timers, the inbox.</content>
internal sealed partial class ScriptProgram
{
    /// <summary>All that a gang waits for at its barrier.</summary>
    private static readonly byte[] s_go = "go"u8.ToArray();
    private static readonly byte[] s_stop = "stop"u8.ToArray();

    private void Take(RunEvent.Reported reported, Turn turn)
    {
        var step = _steps[_live[reported.Effect]];
        switch (reported.Report)
        {
            case Report.Accepted:
                break;
            case Report.Progressed:
                if (step.Script is Script.Gang gang && ++step.Count >= gang.Members) TellAll(step.Number, s_go, turn);
                break;
            case Report.Ended { Ending: Ending.Known } ended:
                _live.Remove(reported.Effect);
                if (!_cancelled) TakeEnd(step, Encoding.UTF8.GetString(ended.Result.Span), turn);
                break;
            case Report.Ended { Ending: Ending.Unknown }:
                _live.Remove(reported.Effect);
                if (!_cancelled) TakeEnd(step, "unknown", turn);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void TakeEnd(ScriptStep step, string result, Turn turn)
    {
        switch (step.Script)
        {
            case Script.Flaky when result.StartsWith("fail", StringComparison.Ordinal):
                step.Count++;
                SetTimer(step, turn, TimeSpan.FromMilliseconds(100 * step.Count));
                break;
            case Script.Gang:
                // Members end in any order; their answers are equal, so only the count matters.
                step.Result += result + ",";
                if (!_live.ContainsValue(step.Number)) Finish(step, step.Result, turn);
                break;
            case Script.Orphan:
                break;
            default:
                Finish(step, result, turn);
                break;
        }
    }

    private void Take(ScriptStep fired, Turn turn)
    {
        if (_cancelled) return;
        if (turn.Now.UtcTicks < fired.Due) Finish(fired, "woken too early", turn);
        else if (fired.Script is Script.Flaky) Begin(fired, turn);
        else Finish(fired, "slept", turn);
    }

    private void Take(InboxItem item, Turn turn)
    {
        switch (item.Kind)
        {
            case InboxKind.Signal:
                var name = Encoding.UTF8.GetString(item.Payload.Span);
                var step = _steps[int.Parse(name.AsSpan(1), CultureInfo.InvariantCulture)];
                step.Heard++;
                if (step is { Started: true, Over: false } && !_cancelled) Finish(step, "heard", turn);
                break;
            case InboxKind.Cancel:
                if (_cancelled) break;
                _cancelled = true;
                foreach (var step2 in _steps) turn.ClearTimer(step2.Name);
                foreach (var effect in _live.Keys) turn.Tell(effect, s_stop);
                break;
            default:
                break;
        }
    }

    private void TellAll(int step, byte[] message, Turn turn)
    {
        foreach (var (effect, owner) in _live)
            if (owner == step)
                turn.Tell(effect, message);
    }
}
