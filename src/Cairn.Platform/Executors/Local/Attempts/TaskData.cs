using System.Globalization;
using Cairn.Platform.Executors.Local.Places;
using Cairn.Platform.Executors.Local.Sandboxes;
using Cairn.Platform.Stores;

namespace Cairn.Platform.Executors.Local.Attempts;

/// <summary>Brings a task's inputs and takes its outputs away, with the log lines of spec/osmo.md 3.11.</summary>
internal sealed class TaskData(TaskPlace place, TaskTransfers transfers, ControlLog log)
{
    /// <summary>Brings all inputs into their folders. Done before: nothing. Half done: again from the start.</summary>
    /// <exception cref="StoreException">One of them cannot be had.</exception>
    public async Task Download(CancellationToken cancel)
    {
        if (place.Order.Inputs.Count == 0 || File.Exists(place.Folder.InputsReady))
            return;
        if (Directory.Exists(place.Folder.Inputs))
            Directory.Delete(place.Folder.Inputs, recursive: true);
        log.Say("Downloading Start");
        for (var i = 0; i < place.Order.Inputs.Count; i++)
        {
            var input = place.Order.Inputs[i];
            var url = input.Url
                ?? transfers.Intermediate(input.Workflow ?? place.Order.WorkflowId, input.Task ?? place.Order.Task);
            var folder = Path.Combine(place.Folder.Inputs, i.ToString(CultureInfo.InvariantCulture));
            Directory.CreateDirectory(folder);
            log.Say($"Downloading {url}");
            var done = await transfers.Download(
                new TransferRequest(url, folder, input.Regex, $"{place.Key}/in{i}"), cancel);
            log.Say([.. done.Warnings]);
            log.Say([$"Downloaded {url} to {{{{input:{i}}}}}", .. Tree(folder)]);
        }

        log.Say("All Inputs Gathered");
        await File.WriteAllBytesAsync(place.Folder.InputsReady, [], cancel);
    }

    /// <summary>Whether there is anything to take away.</summary>
    public bool HasOutput => Directory.EnumerateFileSystemEntries(place.Folder.Output).Any();

    /// <summary>Takes the output folder's contents to each of its URLs, and to the intermediate data;
    /// repeatable.</summary>
    /// <exception cref="StoreException">One of them cannot be written.</exception>
    public async Task Upload(CancellationToken cancel)
    {
        log.Say("Upload Start");
        var contents = place.Folder.Output + "/*";
        for (var i = 0; i < place.Order.Outputs.Count; i++)
            await Upload(place.Order.Outputs[i].Url, contents, place.Order.Outputs[i].Regex, $"out{i}", cancel);
        var intermediate = transfers.Intermediate(place.Order.WorkflowId, place.Order.Task);
        if (place.Order.KeepIntermediate)
            await Upload(intermediate, contents, regex: null, "data", cancel);
        else
            foreach (var kpi in place.Order.Kpis.Where(kpi => File.Exists(Path.Combine(place.Folder.Output, kpi))))
                await Upload(intermediate, Path.Combine(place.Folder.Output, kpi), regex: null, $"kpi/{kpi}", cancel);
        log.Say("All Outputs Uploaded");
    }

    private async Task Upload(string url, string local, string? regex, string name, CancellationToken cancel)
    {
        log.Say($"Uploading {url}");
        var request = new TransferRequest(url, local, regex, $"{place.Key}/{name}")
        {
            Settled = true,
            Seen = TaskPaths.Seen(place.Folder),
        };
        var done = await transfers.Upload(request, cancel);
        log.Say([.. done.Warnings, $"Uploaded {url}"]);
    }

    private static IEnumerable<string> Tree(string folder) =>
        Directory.EnumerateFileSystemEntries(folder)
            .Order(StringComparer.Ordinal)
            .Take(TreeLimit)
            .Select(path => $"|-- {Path.GetFileName(path)}");

    private const int TreeLimit = 100;
}
