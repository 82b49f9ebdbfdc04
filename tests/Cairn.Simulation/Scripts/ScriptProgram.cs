using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Cairn.Engine.Programs;
using Cairn.Engine.Runs;

namespace Cairn.Simulation.Scripts;

/// <summary>
/// A <see cref="Script"/> as a program of the engine. Its requests carry nothing of the time or the random seed, so
/// that
/// the world's answers can be compared; its labels carry the seed, so that a replay with another seed diverges.
/// </summary>
internal sealed partial class ScriptProgram(Script script) : IProgram
{
    private readonly List<ScriptStep> _steps = ScriptStep.Unfold(script);
    private readonly SortedDictionary<long, int> _live = [];
    private readonly Stack<int> _ready = new();
    private bool _cancelled;
    private bool _ended;

    /// <inheritdoc/>
    public Advanced Advance(RunEvent happened, Turn turn)
    {
        if (_ended) return Advanced.Done;
        switch (happened)
        {
            case RunEvent.Started:
                _ready.Push(0);
                break;
            case RunEvent.Reported reported:
                Take(reported, turn);
                break;
            case RunEvent.TimerFired fired:
                Take(_steps[int.Parse(fired.Timer.AsSpan(1), CultureInfo.InvariantCulture)], turn);
                break;
            case RunEvent.Arrived arrived:
                Take(arrived.Item, turn);
                break;
            case RunEvent.Continued:
                break;
            default:
                throw new UnreachableException();
        }

        if (!Work(turn)) return Advanced.OutOfFuel;
        EndIfOver(turn);
        return Advanced.Done;
    }

    /// <inheritdoc/>
    public void Describe(IBufferWriter<byte> json)
    {
        var open = _steps.Where(s => s.Started && !s.Over).Select(s => $"\"{s.Name}\"");
        Encoding.UTF8.GetBytes($"{{\"waiting_for\":[{string.Join(',', open)}]}}", json);
    }

    private bool Work(Turn turn)
    {
        while (_ready.TryPop(out var number))
        {
            if (turn.Burn() && Begin(_steps[number], turn)) continue;
            _ready.Push(number);
            return false;
        }

        return true;
    }

    /// <summary>Starts a step; false: fuel ran out inside it.</summary>
    private bool Begin(ScriptStep step, Turn turn)
    {
        if (_cancelled || step.Over) return true;
        step.Started = true;
        switch (step.Script)
        {
            case Script.Sequence or Script.Fan:
                Go(step, turn);
                return true;
            case Script.Effect effect:
                Ask(step, turn, KindOf(effect.Verb), effect.Verb);
                return true;
            case Script.Flaky flaky:
                Ask(step, turn, "read", $"flaky {flaky.Failures}");
                return true;
            case Script.Gang gang:
                for (var i = 0; i < gang.Members; i++) Ask(step, turn, "task", $"gang {i}");
                return true;
            case Script.Child child:
                Ask(step, turn, "child", ScriptText.Write(child.Body));
                return true;
            case Script.Orphan:
                Ask(step, turn, "task", "orphan");
                Finish(step, "left", turn);
                return true;
            case Script.Sleep sleep:
                SetTimer(step, turn, TimeSpan.FromMilliseconds(sleep.Milliseconds));
                return true;
            case Script.Listen:
                if (step.Heard > 0) Finish(step, "heard", turn);
                return true;
            case Script.Spin spin:
                return Spin(step, spin, turn);
            default:
                throw new UnreachableException();
        }
    }

    private bool Spin(ScriptStep step, Script.Spin spin, Turn turn)
    {
        while (step.Count < spin.Steps)
        {
            if (!turn.Burn()) return false;
            step.Count++;
        }

        Finish(step, "spun", turn);
        return true;
    }

    /// <summary>The next parts of a sequence or fan, or its end.</summary>
    private void Go(ScriptStep step, Turn turn)
    {
        var idle = step.Parts.Where(p => !_steps[p].Started);
        if (step.Script is Script.Fan)
        {
            // Pushed from the back: the first part begins first.
            foreach (var part in idle.Reverse()) _ready.Push(part);
        }
        else if (idle.Any() && step.Parts.TrueForAll(p => _steps[p].Over || !_steps[p].Started))
        {
            _ready.Push(idle.First());
        }

        if (step.Parts.TrueForAll(p => _steps[p].Over)) Finish(step, "", turn);
    }

    private void Finish(ScriptStep step, string result, Turn turn)
    {
        step.Result = result;
        step.Over = true;
        turn.Note("step", Encoding.UTF8.GetBytes($"{step.Name} {result}"));
        if (step.Parent >= 0 && !_steps[step.Parent].Over) Continue(_steps[step.Parent], turn);
    }

    private void Continue(ScriptStep parent, Turn turn)
    {
        if (parent.Script is Script.Sequence) Go(parent, turn);
        else if (parent.Parts.TrueForAll(p => _steps[p].Over)) Finish(parent, "", turn);
    }

    private void Ask(ScriptStep step, Turn turn, string kind, string act)
    {
        var effect = turn.Ask(new Ask(kind, Encoding.UTF8.GetBytes($"{step.Name} {act}"))
        {
            Gang = step.Script is Script.Gang ? step.Name : null,
            Queue = kind == "task" ? "pool" : "",
            Attempt = step.Script is Script.Flaky ? step.Count : 0,
            Priority = step.Number % 3,
            Label = $"{step.Name} {turn.Seed:x32}",
        });
        _live.Add(effect, step.Number);
    }

    private static void SetTimer(ScriptStep step, Turn turn, TimeSpan pause)
    {
        step.Due = (turn.Now + pause).UtcTicks;
        turn.SetTimer(step.Name, turn.Now + pause);
    }

    private static string KindOf(string verb) => verb switch
    {
        "put" or "lock" or "drop" => "store",
        _ => verb,
    };

    private void EndIfOver(Turn turn)
    {
        var orphansOnly = _live.Values.All(n => _steps[n].Script is Script.Orphan);
        if (_cancelled ? _live.Count > 0 : !_steps[0].Over || !orphansOnly) return;
        _ended = true;
        turn.End(_cancelled ? "CANCELLED" : "DONE", _cancelled ? Outcome.Cancelled : Outcome.Succeeded, Result());
    }

    private byte[] Result()
    {
        var text = new StringBuilder();
        foreach (var step in _steps)
        {
            text.Append(step.Name).Append(' ').Append(step.Result);
            if (step.Heard > 0) text.Append(" x").Append(step.Heard);
            text.Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
