using System.Text.Json;
using Cairn.Graphs.Tasks;
using Cairn.Platform.Executors.Local.Places;
using Cairn.Platform.Stores.Files;

namespace Cairn.Platform.Executors.Local.Attempts;

/// <summary>
/// A full disk is no reason to give up a task that has ended well: its result is kept when there is room.
/// </summary>
internal static class FullDisk
{
    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(1);

    /// <summary>Writes a result, whole or not at all, again and again until there is room.</summary>
    /// <param name="file">Where.</param>
    /// <param name="result">How the task ended.</param>
    /// <param name="clock">Measures the time between two tries.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task Keep(string file, TaskResult result, TimeProvider clock, CancellationToken cancel)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(result, PlaceJson.Default.TaskResult);
        while (true)
        {
            try
            {
                TaskFolder.WriteWhole(file, json);
                return;
            }
            catch (IOException failed) when (IoFaults.IsFull(failed))
            {
                await Task.Delay(s_again, clock, cancel);
            }
        }
    }
}
