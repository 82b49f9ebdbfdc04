using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Cairn.Simulation.Worlds;

/// <summary>What happened, line by line: kept whole as a hash, and its last lines for people.</summary>
internal sealed class Trace(Agenda agenda)
{
    private const int Tail = 400;
    private readonly Queue<string> _lines = new();
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>How many lines there were.</summary>
    public int Count { get; private set; }

    /// <summary>SHA-256 over all lines so far, hexadecimal.</summary>
    public string Hash => Convert.ToHexStringLower(_hash.GetCurrentHash());

    /// <summary>Adds a line, the moment before it in seconds.</summary>
    public void Add(string line)
    {
        var seconds = (agenda.Now / (double)TimeSpan.TicksPerSecond).ToString("F4", CultureInfo.InvariantCulture);
        var whole = $"{seconds,12}  {line}";
        _hash.AppendData(Encoding.UTF8.GetBytes(whole));
        _hash.AppendData("\n"u8);
        _lines.Enqueue(whole);
        if (_lines.Count > Tail) _lines.Dequeue();
        Count++;
    }

    /// <summary>The last lines, as many as <paramref name="most"/>.</summary>
    public string Last(int most) => string.Join('\n', _lines.TakeLast(most));
}
