using System.Text;

namespace Cairn.Cli.Tests.Commands;

/// <summary>A stderr that tells when a line comes.</summary>
internal sealed class TalkingWriter : TextWriter
{
    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();
    private readonly List<(string Words, TaskCompletionSource Told)> _awaited = [];

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value)
    {
        lock (_lock)
        {
            _text.Append(value);
            if (value != '\n')
                return;
            var text = _text.ToString();
            foreach (var (words, told) in _awaited)
                if (text.Contains(words, StringComparison.Ordinal))
                    told.TrySetResult();
        }
    }

    public Task Says(string words)
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _awaited.Add((words, told));
            if (_text.ToString().Contains(words, StringComparison.Ordinal))
                told.TrySetResult();
        }

        return told.Task;
    }

    public override string ToString()
    {
        lock (_lock)
            return _text.ToString();
    }
}
