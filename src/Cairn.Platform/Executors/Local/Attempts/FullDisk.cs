using System.Text.Json;
using Cairn.Graphs.Tasks;
using Cairn.Platform.Executors.Local.Places;
using Cairn.Platform.Stores;
using Cairn.Platform.Stores.Files;

namespace Cairn.Platform.Executors.Local.Attempts;

/// <summary>
/// A full disk is no reason to give a task up, neither one that is being prepared nor one that has ended well: it waits
/// until there is room.
/// </summary>
internal static class FullDisk
{
    /// <summary>What is said of a task that waits.</summary>
    public const string Word = "room on the disk";

    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(1);

    /// <summary>Whether a failure means that there was no room.</summary>
    public static bool Is(Exception failure) => failure switch
    {
        IOException io => IoFaults.IsFull(io),
        StoreException store => store.Fault == StoreFault.Full,
        _ => false,
    };

    /// <summary>Returns when it is worth another try.</summary>
    public static Task Wait(TimeProvider clock, CancellationToken cancel) => Task.Delay(s_again, clock, cancel);

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
                await Wait(clock, cancel);
            }
        }
    }
}
