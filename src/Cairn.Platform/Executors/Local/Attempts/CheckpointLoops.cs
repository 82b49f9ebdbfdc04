using System.Globalization;
using Cairn.Graphs.Tasks;
using Cairn.Platform.Executors.Local.Places;
using Cairn.Platform.Executors.Local.Sandboxes;
using Cairn.Platform.Stores;

namespace Cairn.Platform.Executors.Local.Attempts;

/// <summary>
/// Uploads checkpoints while a command runs (spec/osmo.md 3.7): for each entry, `frequency` after the last upload
/// ended the next one begins; one more when the command has ended. A failed upload is said and tried again the next
/// time.
/// </summary>
internal sealed class CheckpointLoops(TaskPlace place, IEnclosure enclosure, Workplace workplace, ControlLog log)
{
    /// <summary>Runs all loops until the command has ended, and the last uploads after it.</summary>
    /// <param name="ended">Completes with the command.</param>
    /// <param name="cancel">No last uploads: the task was stopped, or the engine leaves.</param>
    public Task Run(Task ended, CancellationToken cancel) =>
        Task.WhenAll(place.Order.Checkpoints.Select((checkpoint, i) => Loop(checkpoint, i, ended, cancel)));

    private async Task Loop(TaskCheckpoint checkpoint, int number, Task ended, CancellationToken cancel)
    {
        var frequency = TimeSpan.FromSeconds(Math.Max(0, checkpoint.FrequencySeconds));
        bool over;
        do
        {
            await Task.WhenAny(ended, Task.Delay(frequency, workplace.Clock, cancel));
            cancel.ThrowIfCancellationRequested();
            over = ended.IsCompleted;
            await Upload(checkpoint, number, over, cancel);
        }
        while (!over);
    }

    private async Task Upload(TaskCheckpoint checkpoint, int number, bool settled, CancellationToken cancel)
    {
        var path = enclosure.Tokens(place).Resolve(checkpoint.Path);
        path = path.StartsWith('/') ? path : "/" + path;
        log.Say($"Checkpointing data from {path} to {checkpoint.Url}...");
        try
        {
            // Each round is a write of its own: its key has the time in it.
            var round = workplace.Clock.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
            var request = new TransferRequest(
                checkpoint.Url, CheckpointPlaces.OnHost(place, path), checkpoint.Regex,
                $"{place.Key}/ck{number}.{round}")
            {
                Settled = settled,
                Seen = CheckpointPlaces.Seen(place),
            };
            var done = await workplace.Transfers.Upload(request, cancel);
            log.Say([.. done.Warnings, $"Checkpointing data from {path} to {checkpoint.Url} finished"]);
        }
        catch (StoreException failed)
        {
            log.Say($"Checkpointing data from {path} failed: {failed.Message}");
        }
    }
}
