using System.Text.Json;
using Cairn.Platform.Executors.Local.Images;
using Cairn.Platform.Executors.Local.Places;
using Cairn.Platform.Stores;

namespace Cairn.Platform.Executors.Local.Reuse;

/// <summary>Tasks that ended well, by the digest of what they did, with the place of their outputs (`run
/// --reuse`).</summary>
internal sealed class EndedTasks(string folder, TaskTransfers transfers)
{
    /// <summary>Remembers a task that succeeded alone; a later one with the same digest takes its place.</summary>
    /// <param name="place">The task, its inputs still there.</param>
    /// <param name="files">How many files it left.</param>
    public void Remember(TaskPlace place, int files)
    {
        var source = place.Order.KeepIntermediate
            ? transfers.Intermediate(place.Order.WorkflowId, place.Order.Task)
            : place.Order.Outputs is [var first, ..] && first.Regex is null ? first.Url : null;
        if (source is null || place.Order.Members.Count > 1)
            return;
        Directory.CreateDirectory(folder);
        TaskFolder.WriteWhole(
            Path.Combine(folder, TaskDigest.Of(place)),
            JsonSerializer.SerializeToUtf8Bytes(
                new EndedTask(place.RunId, source, files, FolderDigest.OfData(place.Folder.Output)),
                PlaceJson.Default.EndedTask));
    }

    /// <summary>
    /// Brings the outputs of an equal task into the output folder; the id of its run, or null when there is none or its
    /// outputs are not what it left any more.
    /// </summary>
    public async Task<string?> Take(TaskPlace place, CancellationToken cancel)
    {
        if (place.Order.Members.Count > 1
            || PlaceJson.Read(Path.Combine(folder, TaskDigest.Of(place)), PlaceJson.Default.EndedTask) is not { } equal)
            return null;
        try
        {
            var taken = equal.Files == 0 ? 0 : (await transfers.Download(
                new TransferRequest(equal.Source, place.Folder.Output, null, $"{place.Key}/reuse"), cancel)).Files;
            // Another run may have written to the same URL since.
            if (taken == equal.Files && FolderDigest.OfData(place.Folder.Output) == equal.Content)
                return equal.Run;
        }
        catch (StoreException)
        {
            // Gone with its run: then this task runs itself.
        }

        TaskFolder.Discard(place.Folder.Output);
        place.Folder.Make();
        return null;
    }
}

/// <summary>A task that ended well.</summary>
/// <param name="Run">The id of its run.</param>
/// <param name="Source">The URL of its outputs.</param>
/// <param name="Files">How many they are.</param>
/// <param name="Content">Their digest; empty in files of earlier versions, whose tasks lend nothing.</param>
internal sealed record EndedTask(string Run, string Source, int Files, string Content = "");
