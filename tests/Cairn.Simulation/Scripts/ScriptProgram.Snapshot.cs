using System.Buffers;
using System.Globalization;
using System.Text;

namespace Cairn.Simulation.Scripts;

/// <content>The state as lines of text: `flags`, then one line a step, then one a live effect.</content>
internal sealed partial class ScriptProgram
{
    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> snapshot)
    {
        if (_ready.Count > 0) throw new InvalidOperationException("saved while a continuation is due");
        var text = new StringBuilder().Append(_cancelled ? 'c' : '-').Append(_ended ? 'e' : '-').Append('\n');
        foreach (var step in _steps)
        {
            text.Append(step.Started ? 's' : '-').Append(step.Over ? 'o' : '-').Append(' ').Append(step.Count)
                .Append(' ').Append(step.Due).Append(' ').Append(step.Heard).Append(' ').Append(step.Result)
                .Append('\n');
        }

        foreach (var (effect, step) in _live) text.Append(effect).Append(' ').Append(step).Append('\n');
        Encoding.UTF8.GetBytes(text.ToString(), snapshot);
    }

    /// <summary>The program as it was when <paramref name="snapshot"/> was saved.</summary>
    public static ScriptProgram Restore(Script script, ReadOnlyMemory<byte> snapshot)
    {
        var program = new ScriptProgram(script);
        var lines = Encoding.UTF8.GetString(snapshot.Span).Split('\n');
        program._cancelled = lines[0][0] == 'c';
        program._ended = lines[0][1] == 'e';
        for (var i = 0; i < program._steps.Count; i++)
        {
            var step = program._steps[i];
            var words = lines[i + 1].Split(' ', 5);
            step.Started = words[0][0] == 's';
            step.Over = words[0][1] == 'o';
            step.Count = int.Parse(words[1], CultureInfo.InvariantCulture);
            step.Due = long.Parse(words[2], CultureInfo.InvariantCulture);
            step.Heard = int.Parse(words[3], CultureInfo.InvariantCulture);
            step.Result = words[4];
        }

        foreach (var line in lines.Skip(program._steps.Count + 1).Where(l => l.Length > 0))
        {
            var words = line.Split(' ');
            program._live.Add(long.Parse(words[0], CultureInfo.InvariantCulture),
                int.Parse(words[1], CultureInfo.InvariantCulture));
        }

        return program;
    }
}
