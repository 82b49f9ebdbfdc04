using System.Text;
using Cairn.Graphs.Tasks;
using Cairn.Platform.Secrets;

namespace Cairn.Platform.Executors.Local.Logs;

/// <summary>
/// Hides the values of a task's credentials in its log, where they stand (spec/osmo.md 3.11): `[MASKED]` and as many
/// stars as keep every offset. The second net only: a value that the task cuts in pieces or encodes is not found.
/// </summary>
internal sealed class LogMask
{
    private const int ChunkBytes = 64 << 10;
    private static readonly byte[] s_shown = "[MASKED]"u8.ToArray();

    private readonly List<byte[]> _values = [];
    private readonly int _longest;

    private LogMask(IEnumerable<string> values)
    {
        foreach (var whole in values)
            foreach (var line in whole.Split('\n'))
                if (line.Trim() is { Length: >= SecretMask.ShortestValue } value)
                    _values.Add(Encoding.UTF8.GetBytes(value));
        // A value may hold another one: the longer first.
        _values.Sort((one, other) => other.Length.CompareTo(one.Length));
        _longest = _values.Count > 0 ? _values[0].Length : 0;
    }

    /// <summary>
    /// A mask of what a task is given, as far as it is known now; shorter values than eight characters are left.
    /// </summary>
    public static LogMask Of(IReadOnlyList<TaskCredential> credentials, CredentialLookup lookup)
    {
        var values = new List<string>();
        foreach (var credential in credentials)
        {
            if (lookup(credential.Name) is not { } payload)
                continue;
            if (credential.Folder is not null)
                values.AddRange(payload.Values);
            foreach (var (_, key) in credential.Variables)
                if (payload.TryGetValue(key, out var value))
                    values.Add(value);
        }

        return new LogMask(values);
    }

    /// <summary>Hides them in a log from an offset on; a value may begin before it.</summary>
    public void Apply(FileStream log, long from)
    {
        if (_longest == 0 || log.Length <= from)
            return;
        var window = new byte[ChunkBytes + _longest];
        for (var at = Math.Max(0, from - _longest); at < log.Length; at += ChunkBytes)
        {
            var read = RandomAccess.Read(log.SafeFileHandle, window, at);
            foreach (var value in _values)
                Hide(log, window.AsSpan(0, read), value, at);
        }
    }

    private static void Hide(FileStream log, Span<byte> window, byte[] value, long at)
    {
        for (int found, next = 0; (found = window[next..].IndexOf(value)) >= 0; next += found + value.Length)
        {
            var place = window.Slice(next + found, value.Length);
            place.Fill((byte)'*');
            s_shown.CopyTo(place);
            RandomAccess.Write(log.SafeFileHandle, place, at + next + found);
        }
    }
}
