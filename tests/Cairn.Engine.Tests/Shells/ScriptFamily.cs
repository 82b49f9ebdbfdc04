using System.Buffers;
using System.Text;
using Cairn.Engine.Effects;
using Cairn.Engine.Programs;
using Cairn.Engine.Runs;

namespace Cairn.Engine.Tests.Shells;

/// <summary>
/// A language small enough to read in a test: one line is one step, and each step waits for what it started.
/// `ask KIND REQUEST`, `tell KIND MESSAGE` (to the effect that it asks for), `fan KIND N`, `gang KIND N`,
/// `sleep SECONDS`, `signal`, `spin STEPS`, `throw`, `catch` (where a cancelled run goes on), `end`.
/// Every event is kept as a word, and the run's result is all of them.
/// </summary>
internal sealed class ScriptFamily : IProgramFamily
{
    public string Kind => "script";

    public int Version { get; init; } = 1;

    /// <summary>Lets a test change the code under a run, as an upgrade does.</summary>
    public Func<string, string> Patch { get; set; } = static text => text;

    public IProgram Load(ReadOnlyMemory<byte> definition, int version) =>
        new Script(Patch(Encoding.UTF8.GetString(definition.Span)), 0, 0, []);

    public IProgram Restore(ReadOnlyMemory<byte> definition, int version, ReadOnlyMemory<byte> snapshot)
    {
        var parts = Encoding.UTF8.GetString(snapshot.Span).Split('\n');
        return new Script(
            Patch(Encoding.UTF8.GetString(definition.Span)), int.Parse(parts[0]), int.Parse(parts[1]), [.. parts[2..]]);
    }

    private sealed class Script(string text, int line, int waits, List<string> seen) : IProgram
    {
        private readonly string[] _lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        private int _line = line;
        private int _waits = waits;
        private int _spins;

        public Advanced Advance(RunEvent happened, Turn turn)
        {
            if (happened is not RunEvent.Continued)
            {
                if (Note(happened, turn) is { } word) seen.Add(word);
                if (_line < 0) return Advanced.Done;
            }

            while (_waits <= 0)
            {
                if (!turn.Burn()) return Advanced.OutOfFuel;
                if (!Step(turn)) return Advanced.OutOfFuel;
            }

            return Advanced.Done;
        }

        public void Save(IBufferWriter<byte> snapshot) =>
            snapshot.Write(Encoding.UTF8.GetBytes(string.Join('\n', [$"{_line}", $"{_waits}", .. seen])));

        public void Describe(IBufferWriter<byte> json) =>
            json.Write(Encoding.UTF8.GetBytes($$"""{"line":{{_line}},"waits":{{_waits}}}"""));

        private string? Note(RunEvent happened, Turn turn)
        {
            switch (happened)
            {
                case RunEvent.Started started:
                    turn.Show("RUNNING", Outcome.Running);
                    return $"started {started.Id} {Encoding.UTF8.GetString(started.Arguments.Span)}".TrimEnd();
                case RunEvent.Reported { Report: Report.Ended ended } reported:
                    _waits--;
                    return $"{reported.Effect} {ended.Ending} {Encoding.UTF8.GetString(ended.Result.Span)}".TrimEnd();
                case RunEvent.Reported:
                    return null;
                case RunEvent.TimerFired fired:
                    _waits--;
                    return $"fired {fired.Timer}";
                case RunEvent.Arrived { Item.Kind: InboxKind.Terminate }:
                    End(turn, "KILLED", Outcome.Cancelled);
                    return "terminated";
                case RunEvent.Arrived { Item.Kind: InboxKind.Cancel } when Array.IndexOf(
                    _lines, "catch") is var handler and >= 0:
                    (_line, _waits) = (handler, 0);
                    return "caught";
                case RunEvent.Arrived { Item.Kind: InboxKind.Cancel }:
                    End(turn, "CANCELLED", Outcome.Cancelled);
                    return "cancelled";
                case RunEvent.Arrived arrived:
                    if (_waits < int.MaxValue) _waits--;
                    return $"got {arrived.Item.Key}";
                default:
                    throw new InvalidOperationException($"{happened}");
            }
        }

        private bool Step(Turn turn)
        {
            var words = (_line < _lines.Length ? _lines[_line] : "end").Split(' ', 3);
            switch (words[0])
            {
                case "ask":
                    turn.Ask(new Ask(words[1], Encoding.UTF8.GetBytes(words.ElementAtOrDefault(2) ?? "")));
                    _waits = 1;
                    break;
                case "tell":
                    turn.Tell(turn.Ask(new Ask(words[1], default)), Encoding.UTF8.GetBytes(words[2]));
                    _waits = 1;
                    break;
                case "fan":
                case "gang":
                    _waits = int.Parse(words[2]);
                    var gang = words[0] == "gang" ? $"g{_line}" : null;
                    for (var i = 0; i < _waits; i++)
                        turn.Ask(new Ask(words[1], Encoding.UTF8.GetBytes($"{i}"))
                        {
                            Gang = gang,
                            Label = $"{words[1]}-{i}"
                        });
                    break;
                case "sleep":
                    turn.SetTimer($"t{_line}", turn.Now.AddSeconds(double.Parse(words[1])));
                    _waits = 1;
                    break;
                case "signal":
                    _waits = 1;
                    break;
                case "spin":
                    if (++_spins < int.Parse(words[1])) return turn.Burn();
                    _spins = 0;
                    break;
                case "catch":
                    break;
                case "throw":
                    throw new InvalidOperationException("the script says so");
                default:
                    End(turn, "DONE", Outcome.Succeeded);
                    return true;
            }

            _line++;
            return true;
        }

        private void End(Turn turn, string state, Outcome outcome)
        {
            turn.End(state, outcome, Encoding.UTF8.GetBytes(string.Join(", ", seen)));
            (_line, _waits) = (-1, int.MaxValue);
        }
    }
}
