using System.Globalization;
using System.Text;

namespace Cairn.Platform.Executors.Local.Attempts;

/// <summary>
/// The lines that the executor says about a task, each with its time; the command line shows them as `[osmo]`. A line
/// that cannot be written never stops the task.
/// </summary>
internal sealed class ControlLog(string path, TimeProvider clock)
{
    /// <summary>Adds lines.</summary>
    public void Say(params ReadOnlySpan<string> lines)
    {
        var now = clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        var text = new StringBuilder();
        foreach (var line in lines)
            text.Append(now).Append(' ').Append(line.ReplaceLineEndings(" ")).Append('\n');
        try
        {
            File.AppendAllText(path, text.ToString());
        }
        catch (Exception full) when (full is IOException or UnauthorizedAccessException)
        {
            // A full disk: the task matters more than what we say about it.
        }
    }
}
